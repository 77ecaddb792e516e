import type { Entry } from '../entry.ts';
import { type Breach, type Case, nameStatus } from './case.ts';

const passingStatuses: ReadonlySet<number> = new Set([429, 500, 503]);

/** A failure that passes by itself was not retried once. */
export function findGivenUp(subject: Case): readonly Breach[] | undefined {
  const { entries, next, again } = subject;
  const passing = entries
    .map((entry, index) => ({ entry, index }))
    .filter(({ entry }) => passingStatuses.has(entry.status) && entry.sdkRetry !== false);
  const alone = passing.filter(({ entry }) => !next.has(entry) && !again.has(entry));
  const over = alone.filter(({ entry, index }) => isOver(subject, entry, index));
  if (passing.length === alone.length && over.length === 0) return undefined;

  const suspects = over.filter(({ entry }) => entry.attempt === 0);
  const conversations = suspects.length > 0 ? findLastOfEach(subject) : new Map<string, number>();
  return suspects
    .filter(({ entry, index }) => conversations.get(nameConversation(subject, entry)) === index)
    .map(({ entry }) => ({
      message: `Gave up on ${nameStatus(entry)} without a retry.`,
      requests: [entry],
    }));
}

/** Whether the client has gone on to another call, or has ended. */
function isOver({ entries, finished }: Case, entry: Entry, index: number): boolean {
  if (finished) return true;
  const end = entry.at + (entry.retryAfterMs ?? 0);
  return entries
    .slice(index + 1)
    .some((later) => later.request !== entry.request && later.at >= end);
}

/**
 * The last request of each conversation. A client may retry by other means: not streamed, or by
 * another model.
 */
function findLastOfEach(subject: Case): ReadonlyMap<string, number> {
  return new Map(
    subject.entries.map((entry, index) => [nameConversation(subject, entry), index] as const),
  );
}

/** Equal for requests of as many messages that end in the same one. */
function nameConversation({ promptOf }: Case, entry: Entry): string {
  const messages = promptOf(entry)?.messages;
  if (!messages) return entry.id;
  return `${messages.length} ${messages.at(-1)?.text ?? ''}`;
}
