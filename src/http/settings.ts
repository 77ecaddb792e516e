import type { QuirkSettings } from '../contract/quirks.ts';
import type { Engine } from '../engine/engine.ts';
import type { Deck } from '../recording/deck.ts';
import type { Timing } from '../recording/timing.ts';
import type { Upstream } from '../recording/upstream.ts';
import type { Connection } from './connection.ts';

/** What a violation of a request's schema does: refuse it, say so and answer, or nothing. */
export type Validation = 'error' | 'warn' | 'off';

export interface AppSettings {
  readonly engine: Engine;
  readonly version: string;
  /** The models served; `*` is any. */
  readonly models: readonly string[];
  /** The keys accepted; empty for any. */
  readonly acceptKeys: readonly string[];
  readonly quirks: QuirkSettings;
  readonly validate: Validation;
  /** The longest body in bytes, before and after decompression. */
  readonly maxBody: number;
  /** Host names accepted besides the loopback ones, without a port; `*` is any. */
  readonly allowedHosts: readonly string[];
  /** Origins whose pages may read answers; `*` is any. */
  readonly corsOrigins: readonly string[];
  /** Refuse requests that name no session. */
  readonly requireSession: boolean;
  /** Leave out the headers in which the mock tells of itself. */
  readonly strictContract: boolean;
  readonly report?: ((report: RequestReport) => void) | undefined;
  /** Where answers are asked for that the mock does not make itself. */
  readonly recorder?: Recorder | undefined;
  /** Answers what is asked under `/__admin`. */
  readonly admin?: (request: Request, environment: AppEnvironment['Bindings']) => Promise<Response>;
  readonly docs?: DocsRoutes;
}

/** The OpenAPI document and its page. */
export interface DocsRoutes {
  readonly paths: readonly string[];
  /** The answer to a request for one of the paths. */
  readonly answer: (path: string, request: Request) => Promise<Response>;
}

/** A server that has one refuses nothing that its upstream might answer: it only warns. */
export interface Recorder {
  readonly upstream: Upstream;
  /** Absent where answers only pass through. */
  readonly deck?: Deck | undefined;
  /** Of the upstream, if the mock has one of its own. */
  readonly upstreamKey?: string | undefined;
  readonly timing: Timing;
  /** Tells what became of an answer that was to be recorded. */
  readonly notify: (message: string) => void;
}

/** What a log says of one request. */
export interface RequestReport {
  readonly method: string;
  readonly path: string;
  readonly status: number;
  readonly milliseconds: number;
  /** What the developer should look at: a wrong path, refused members, a crash. */
  readonly notes: readonly string[];
}

/** What a handler leaves for the log. */
export interface AppEnvironment {
  Variables: { notes?: readonly string[] };
  Bindings: { inProcess?: boolean; connection?: Connection };
}
