import type { ErrorName } from '../contract/errors.ts';
import { MockError } from '../errors.ts';
import type { Failure } from '../exchange/failure.ts';
import type { Deck, Found, Played } from '../recording/deck.ts';
import type { RecordMode } from '../recording/mode.ts';
import { defaultCassette } from '../recording/name.ts';
import type { Subject } from '../scenario/match.ts';
import type { Session } from './session.ts';
import type { Candidate } from './state.ts';

/** Recordings answer what no fixture does, or the upstream, whose answers become recordings. */
export interface Recorder {
  readonly deck: Deck;
  /** Of sessions that have none of their own. */
  mode: RecordMode;
  /** Whether the upstream may be called here at all. */
  readonly mayCall: boolean;
}

/** What there is for a request. A cassette that cannot be read has nothing, and the reason. */
export async function findRecordings(
  { deck, mode }: Recorder,
  { api, body, cassette: named }: Wanted,
  session: Pick<Session, 'cassette' | 'recordMode'> = {},
): Promise<Found> {
  const cassette = named ?? session.cassette ?? defaultCassette;
  try {
    return await deck.find({ cassette, mode: session.recordMode ?? mode, api, body });
  } catch (error) {
    if (!(error instanceof MockError)) throw error;
    return { kind: 'missing', cassette, message: error.message };
  }
}

interface Wanted extends Pick<Subject, 'api' | 'body'> {
  /** The cassette that the request itself names. */
  readonly cassette?: string | undefined;
}

/** Recordings of one request are a sequence, whose last stays. */
export function toRecordedCandidate(found: Played): Candidate {
  return {
    fixture: `recordings of ${found.key} in ${found.cassette}`,
    machine: '',
    lasts: found.recordings.map(() => 1),
    afterLast: 'repeat-last',
  };
}

export function refuseUnrecorded(message: string): Failure<ErrorName> {
  return { name: 'no_recording_matched', message };
}
