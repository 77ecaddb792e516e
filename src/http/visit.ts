import type { Dialect } from '../dialect/dialect.ts';
import type { JsonObject } from '../exchange/json.ts';
import type { Prompt } from '../exchange/prompt.ts';

/** A request on an endpoint, as far as it could be read. */
export interface Visit {
  readonly dialect: Dialect;
  /** The name of its session. */
  readonly session: string;
  /** The key that it came with; empty where there was none. */
  readonly key: string;
  /** Its body's text. */
  readonly text: string;
  readonly body?: JsonObject;
  readonly prompt?: Prompt;
  /** What LongCat would have refused. */
  readonly violations: readonly string[];
}
