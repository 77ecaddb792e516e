import { type ErrorName, errorCatalogue, errorNames } from '../contract/errors.ts';
import { readObject, readText } from '../dialect/read.ts';
import { isJsonObject, type JsonObject } from '../exchange/json.ts';
import type { Step } from '../scenario/step-schema.ts';
import type { SentEvent } from './events.ts';
import { readJson } from './json.ts';
import type { Loss } from './leftover.ts';
import { countPieces, type Spoken } from './spoken.ts';

export interface Frames {
  readonly frames: readonly JsonObject[];
  readonly losses: readonly Loss[];
}

/** The payloads of a stream, without the text that ends one. */
export function readFrames(events: readonly SentEvent[]): Frames {
  const values = events.filter(({ data }) => data !== '[DONE]').map(({ data }) => readJson(data));
  const frames = values.flatMap((read) =>
    'value' in read && isJsonObject(read.value) ? [read.value] : [],
  );
  const why = 'it is no JSON object; the frames around it are carried over';
  return { frames, losses: frames.length === values.length ? [] : [{ what: 'a frame', why }] };
}

interface End {
  /** The frame that told of an error. */
  readonly error?: JsonObject | undefined;
  /** Whether the last frame of the format came. */
  readonly ended: boolean;
}

/** The fault of a stream that did not end as it should. */
export function endStream(
  spoken: Omit<Spoken, 'losses'>,
  { error, ended }: End,
): { readonly fault?: Step['fault']; readonly losses: readonly Loss[] } {
  const afterChunks = countPieces(spoken);
  if (error) return reportError(error, afterChunks);
  if (spoken.finish === undefined) {
    const why = 'a fixture’s stream says something before it breaks';
    const losses = afterChunks === 0 ? [{ what: 'an empty stream', why }] : [];
    return { fault: { type: 'STREAM_TRUNCATE', afterChunks }, losses };
  }
  return ended ? { losses: [] } : { fault: { type: 'STREAM_NO_DONE' }, losses: [] };
}

function reportError(frame: JsonObject, afterChunks: number): ReturnType<typeof endStream> {
  const reported = readObject(frame['error']);
  const error = findStreamError(reported);
  const what = `the error "${readText(reported['message']) ?? ''}" in the stream`;
  const why = 'the catalogue has none like it; the stream reports internal_error';
  return {
    fault: { type: 'STREAM_ERROR_EVENT', afterChunks, ...(error && { error }) },
    losses: error ? [] : [{ what, why }],
  };
}

function findStreamError({ code, type, message }: JsonObject): ErrorName | undefined {
  return errorNames.find((name) => {
    const { body } = errorCatalogue[name];
    if (typeof body === 'string' || !('error' in body)) return false;
    const { error } = body;
    return error.type === type && error.code === code && error.message === message;
  });
}
