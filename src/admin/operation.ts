import type { ZodTypeAny } from 'zod/v3';
import type { RefusalName } from './refusals.ts';

/** A route of the admin API. Refusals have the shape of `ErrorAnswer`. */
export interface Operation {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly path: `/__admin/${string}`;
  /** In a few words. */
  readonly summary: string;
  readonly description: string;
  /** What stands in the braces of the path. */
  readonly parameter?: string;
  readonly query?: ZodTypeAny;
  /** JSON; an empty body is `{}`. */
  readonly body?: ZodTypeAny;
  /** By status. */
  readonly answers: Readonly<Record<number, ZodTypeAny>>;
  /** Besides those that any route may answer. */
  readonly refusals?: readonly RefusalName[];
}
