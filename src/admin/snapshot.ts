import { type ErrorName, mockErrorNames } from '../contract/errors.ts';
import type { Entry } from '../engine/entry.ts';
import type { AnsweredEntry } from '../engine/journal.ts';
import { defaultSession } from '../engine/session.ts';
import type { Exchange } from '../recording/exchange.ts';
import type { Refused } from '../recording/snapshot.ts';
import type { Handlers, Refusal } from './handler.ts';
import { notRecording } from './recordings.ts';
import type { AdminSettings } from './settings.ts';

export const snapshotHandlers: Handlers<'snapshotRecordings'> = {
  async snapshotRecordings({ body }, settings) {
    const { session = defaultSession, format = 'cassette', cassette, ids } = body;
    const { engine, loadSnapshots } = settings;
    if (cassette !== undefined && !engine.recorder) return notRecording;
    const kept = engine.journal.listAnswered(session);
    const unknown = ids?.find((id) => !kept.some(({ entry }) => entry.id === id));
    if (unknown !== undefined) return refuseUnknown(unknown, session);
    const sorted = await sort(
      kept.filter(({ entry }) => ids?.includes(entry.id) ?? true),
      settings,
    );
    if (sorted.refused.length > 0) return refuseUnusable(sorted.refused);
    if (sorted.exchanges.length === 0) return nothingToRecord(session);
    const snapshots = await loadSnapshots();
    const { clean, refused } = await snapshots.clean(sorted.exchanges);
    if (refused.length > 0) return refuseUnusable(refused);

    const { skipped } = sorted;
    const gone = ids === undefined ? tellGone(session, settings) : [];
    if (format === 'fixtures') {
      const { notices, ...made } = await snapshots.toFixtures(clean, session);
      const told = { notices: [...gone, ...notices], skipped };
      return { status: 200, body: { format, ...made, ...told } };
    }
    const made = await snapshots.toCassette(clean, cassette);
    return { status: 200, body: { format, ...made, notices: gone, skipped } };
  },
};

interface Sorted {
  readonly exchanges: readonly Exchange[];
  /** What the mock refused for reasons of its own: nothing is lost without it. */
  readonly skipped: readonly Refused[];
  readonly refused: readonly Refused[];
}

async function sort(
  kept: readonly AnsweredEntry[],
  { toWire }: Pick<AdminSettings, 'toWire'>,
): Promise<Sorted> {
  const exchanges: Exchange[] = [];
  const skipped: Refused[] = [];
  const refused: Refused[] = [];
  for (const each of kept) {
    const { id, api, at: startedAt } = each.entry;
    const [own, unusable] = [explainSkipped(each.entry), explainUnusable(each.entry)];
    const { body } = each.entry;
    const response = own || unusable ? undefined : await toWire(each);
    if (own) skipped.push({ id, reason: own });
    else if (unusable) refused.push({ id, reason: unusable });
    else if (!response || !body) refused.push({ id, reason: 'Its answer was not kept.' });
    else exchanges.push({ id, api, body, response, startedAt });
  }
  return { exchanges, skipped, refused };
}

const ownFailures: readonly ErrorName[] = mockErrorNames;

/** Of what a client did wrong with the mock, and not with LongCat. */
function explainSkipped({ source, error, status, body, bodyOmitted }: Entry): string | undefined {
  if (ownFailures.some((name) => name === error)) return `The mock refused it: ${error}.`;
  if (source !== 'refused') return undefined;
  if (status === 401 || status === 403) return `The mock refused its key: ${error}.`;
  return body || bodyOmitted ? undefined : 'It has no body that could be asked again.';
}

function explainUnusable({ bodyOmitted, source, end }: Entry): string | undefined {
  if (bodyOmitted) return 'Its body was too large to keep.';
  if (source === 'upstream') {
    return 'Its answer only passed through: if it was recorded, it is in its cassette.';
  }
  if (end === undefined) return 'Its answer is still running.';
  if (end === 'client-left') return 'The client left before the end of its answer.';
  return end === 'cut' ? 'Its answer was cut before its end.' : undefined;
}

function tellGone(session: string, { engine }: AdminSettings): readonly string[] {
  const { seen, kept } = engine.journal.count(session);
  if (seen === kept) return [];
  return [`The journal holds only the last ${kept} of ${seen} requests of session "${session}".`];
}

function refuseUnknown(id: string, session: string): Refusal {
  const message = `The journal of session "${session}" holds no request "${id}": its id is in the answer's x-longcat-mock-request-id.`;
  return { status: 404, code: 'unknown_request', message };
}

function refuseUnusable(requests: readonly Refused[]): Refusal {
  const [first] = requests;
  const more = requests.length > 1 ? ` And ${requests.length - 1} more, see "requests".` : '';
  const message = `Request "${first?.id}" cannot be recorded. ${first?.reason}${more} Name those that you want in "ids".`;
  return { status: 422, code: 'unusable_requests', message, requests };
}

function nothingToRecord(session: string): Refusal {
  const message = `The journal holds no answer of session "${session}" that could be recorded.`;
  return { status: 422, code: 'nothing_to_record', message };
}
