import { type ErrorName, errorBody } from '../../contract/errors.ts';
import type { WireEvent } from '../dialect.ts';

/** An error in the midst of a stream, as Anthropic's protocol has it. Assumed of LongCat. */
export function fail(name: ErrorName): WireEvent {
  return { event: 'error', data: { type: 'error', error: errorBody(name).error } };
}
