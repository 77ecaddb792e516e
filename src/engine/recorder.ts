import { MockError } from '../errors.ts';
import type { Recording } from '../recording/cassette.ts';
import type { Deck, Found, Played } from '../recording/deck.ts';
import type { RecordMode } from '../recording/mode.ts';
import { defaultCassette } from '../recording/name.ts';
import type { Subject } from '../scenario/match.ts';
import type { Answer, Facts } from './answer.ts';
import type { Wishes } from './question.ts';
import type { Session } from './session.ts';
import type { Candidate } from './state.ts';
import type { UnmatchedPolicy } from './unmatched.ts';

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
  { subject: { api, body }, wishes = {} }: Wanted,
  session: Pick<Session, 'cassette' | 'recordMode'> = {},
): Promise<Found> {
  const cassette = wishes.cassette ?? session.cassette ?? defaultCassette;
  try {
    return await deck.find({ cassette, mode: session.recordMode ?? mode, api, body });
  } catch (error) {
    if (!(error instanceof MockError)) throw error;
    return { kind: 'missing', cassette, message: error.message };
  }
}

interface Wanted {
  readonly subject: Pick<Subject, 'api' | 'body'>;
  readonly wishes?: Pick<Wishes, 'cassette'>;
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

/** The recording that the claim chose among those of a request. */
export function replay(
  found: Played,
  step: number,
  { recorder, facts }: { readonly recorder: Recorder | undefined; readonly facts: Facts },
): Answer {
  const { cassette, recordings } = found;
  const recording = recordings[step] as Recording; // the claim chose among these
  recorder?.deck.play(found, recording);
  const told = { ...facts, source: 'cassette', cassette, recording: recording.id } as const;
  return { kind: 'recording', recording, facts: told };
}

/** What becomes of a request that no fixture and no recording answers, where that is decided here. */
export function answerElsewhere(
  found: Found | undefined,
  policy: UnmatchedPolicy | undefined,
  facts: Facts,
): Answer | undefined {
  if (found?.kind === 'live') {
    const told = { ...facts, source: 'upstream', cassette: found.cassette } as const;
    return { kind: 'relay', live: found, facts: told };
  }
  if (policy === 'passthrough') return { kind: 'relay', facts: { ...facts, source: 'upstream' } };
  if (found?.kind !== 'missing' || policy === 'dynamic') return undefined;
  const { cassette, message } = found;
  const told = { ...facts, source: 'refused', cassette, unmatched: true } as const;
  return { kind: 'failure', failure: { name: 'no_recording_matched', message }, facts: told };
}
