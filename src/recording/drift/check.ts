import { operations } from '../../contract/operations.ts';
import type { RawResponse, TimedBytes } from '../bytes.ts';
import { capture } from '../capture.ts';
import type { MatchRules, RecordedResponse, Recording } from '../cassette.ts';
import type { Upstream, UpstreamAnswer } from '../upstream.ts';
import { compareResponses } from './compare.ts';
import { compareWithContract } from './contract.ts';
import type { DriftFinding } from './finding.ts';
import { listRedacted } from './redacted.ts';

/** What became of one recording. */
export interface Checked {
  readonly findings: readonly DriftFinding[];
  /** Why it, or a part of it, could not be checked: a sentence. */
  readonly unchecked?: string | undefined;
}

export interface Checking {
  readonly upstream: Pick<Upstream, 'call'>;
  /** Those of the cassette: what they ignore is not in its requests. */
  readonly match: MatchRules;
}

/** Asks an upstream what was asked when the recording was made, and compares the answers. */
export async function checkRecording(
  { endpoint, request, response: recorded }: Recording,
  { upstream, match }: Checking,
): Promise<Checked> {
  if (recorded.cut) return fail('The recorded answer was cut off before its end.');
  const [path] = endpoint === 'messages' ? messages.paths : chat.paths;
  const headers = new Headers({ 'content-type': 'application/json' });
  if (endpoint === 'messages') headers.set('anthropic-version', '2023-06-01');
  const called = await upstream.call({ path, body: JSON.stringify(request), headers });
  if (!called.ok) return fail(called.failure.message);

  const { raw, problem } = await collect(called.answer);
  if (problem !== undefined) return fail(problem);
  const live = capture(raw);
  const obstacle = findObstacle(recorded, live, [...listRedacted(request), ...match.ignore]);
  if (obstacle !== undefined) return fail(obstacle);
  const { findings, unchecked } = compareResponses(recorded, live);
  return { findings: [...findings, ...compareWithContract(endpoint, recorded, live)], unchecked };
}

const { createChatCompletion: chat, createMessage: messages } = operations;

function fail(unchecked: string): Checked {
  return { findings: [], unchecked };
}

interface Collected {
  readonly raw: RawResponse;
  readonly problem?: string | undefined;
}

async function collect(answer: UpstreamAnswer): Promise<Collected> {
  const { status, headers, atMs, unrecordable } = answer;
  const chunks: TimedBytes[] = [];
  for await (const chunk of answer.chunks) chunks.push(chunk);
  const end = await answer.end;
  const raw = { status, headers, atMs, chunks, isCut: end.outcome !== 'finished' };
  if (end.outcome === 'finished') return { raw, problem: unrecordable };
  const detail = end.outcome === 'cut' ? ` (${end.message})` : '';
  return { raw, problem: `The live answer was cut off before its end${detail}. Ask again.` };
}

/** These tell of the key, the account or the hour, and nothing of how the API is made. */
const passing: Readonly<Record<number, string>> = {
  401: 'it does not accept the key',
  402: 'the account has no quota left',
  403: 'the key may not do this',
  429: 'it limits the rate',
  502: 'it is out of service',
  503: 'it is out of service',
  504: 'it is out of service',
};

function findObstacle(
  recorded: RecordedResponse,
  { status }: RecordedResponse,
  leftOut: readonly string[],
): string | undefined {
  if (status === recorded.status) return undefined;
  const reason = passing[status];
  if (reason !== undefined) return `The live API answered ${status}: ${reason}.`;
  if (status < 400 || leftOut.length === 0) return undefined;
  return `The live API answered ${status} to a request that is not whole: when it was recorded, something was left out (${leftOut.join(', ')}).`;
}
