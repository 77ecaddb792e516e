import { type ErrorName, errorBody } from '../../contract/errors.ts';
import type { WireEvent } from '../dialect.ts';

/** An error in the midst of a stream: LongCat's envelope in place of a chunk. Assumed. */
export function fail(name: ErrorName): WireEvent {
  return { data: errorBody(name) };
}
