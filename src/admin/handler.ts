import type { z } from 'zod/v3';
import type { adminOperations, OperationId } from './operations.ts';
import type { RefusalCode } from './refusals.ts';
import type { Problem, UnusableRequest } from './schema/common.ts';
import type { AdminSettings } from './settings.ts';

/** What an operation says no with. */
export interface Refusal {
  readonly status: 400 | 401 | 403 | 404 | 405 | 409 | 413 | 422 | 500 | 501 | 503;
  readonly code: RefusalCode;
  readonly message: string;
  readonly problems?: readonly Problem[] | undefined;
  readonly requests?: readonly UnusableRequest[] | undefined;
}

/** A value that may be made of read-only parts. */
export type Given<Value> = Value extends readonly (infer Item)[]
  ? readonly Given<Item>[]
  : Value extends object
    ? { readonly [Key in keyof Value]: Given<Value[Key]> }
    : Value;

type Read<Definition, Part extends 'query' | 'body'> = Definition extends {
  readonly [Key in Part]: infer Schema extends z.ZodTypeAny;
}
  ? z.output<Schema>
  : undefined;

interface Input<Definition> {
  readonly query: Read<Definition, 'query'>;
  readonly body: Read<Definition, 'body'>;
  /** The `{id}` or `{name}` of the path. */
  readonly id: string;
  readonly headers: Headers;
  /** Aborts when the client has left. */
  readonly signal: AbortSignal;
}

type Answer<Answers> = {
  [Status in keyof Answers]: {
    readonly status: Status;
    readonly body: Answers[Status] extends z.ZodTypeAny ? Given<z.input<Answers[Status]>> : never;
  };
}[keyof Answers];

type Definition<Id extends OperationId> = (typeof adminOperations)[Id];

/** What an operation does. */
export type Handler<Id extends OperationId> = (
  input: Input<Definition<Id>>,
  settings: AdminSettings,
) =>
  | Answer<Definition<Id>['answers']>
  | Refusal
  | Promise<Answer<Definition<Id>['answers']> | Refusal>;

export type Handlers<Id extends OperationId = OperationId> = { readonly [Key in Id]: Handler<Key> };

export function isRefusal(outcome: object): outcome is Refusal {
  return 'code' in outcome;
}
