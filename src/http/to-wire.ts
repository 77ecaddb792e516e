import type { QuirkSettings } from '../contract/quirks.ts';
import { anthropic } from '../dialect/anthropic/index.ts';
import { openai } from '../dialect/openai/index.ts';
import type { Entry } from '../engine/entry.ts';
import type { AnsweredEntry } from '../engine/journal.ts';
import type { RawResponse, TimedBytes } from '../recording/bytes.ts';
import { playBack } from '../recording/playback.ts';
import {
  composeBody,
  composeFailure,
  composeWhole,
  dressReply,
  nameError,
  type ReplyAnswer,
} from './compose.ts';
import { writeFrame } from './frame.ts';
import { planWrites } from './sse.ts';

/**
 * The answer of an entry as its client got it, to the byte, less the headers in which the mock
 * tells of itself. Nothing where the journal does not hold what it takes.
 */
export async function toWire(
  { entry, answered }: AnsweredEntry,
  quirks: QuirkSettings,
): Promise<RawResponse | undefined> {
  if (!answered || answered.kind === 'relay') return undefined;
  const atMs = answered.delivery?.delayMs ?? 0;
  switch (answered.kind) {
    case 'recording': {
      const { response } = answered.recording;
      return { ...playBack(response), atMs: response.atMs };
    }
    case 'failure':
      return readWhole(composeFailure(answered.failure, {}), atMs);
    case 'body':
      return readWhole(composeBody(answered, {}), atMs);
    default:
      return renderReply(entry, answered, quirks);
  }
}

async function renderReply(
  { api, body }: Entry,
  answered: ReplyAnswer,
  quirks: QuirkSettings,
): Promise<RawResponse | undefined> {
  if (!body) return undefined;
  const dialect = api === 'openai' ? openai : anthropic;
  const { reply, status = 200, delivery } = answered;
  const prompt = dialect.decode(body);
  const dressed = dressReply(answered, { dialect, prompt, quirks, own: {} });
  const atMs = delivery?.delayMs ?? 0;
  if (!prompt.streamed) return readWhole(composeWhole(answered, dressed, dialect), atMs);
  const { writes, ending } = planWrites(
    dialect.stream(reply, dressed.dressing),
    delivery ?? plain,
    nameError(dialect, delivery ?? plain),
  );
  const chunks = writes.map((write): TimedBytes => {
    const bytes = 'bytes' in write ? write.bytes : utf8.encode(writeFrame(write.frame));
    return { atMs: atMs + write.atMs, bytes };
  });
  const { headers } = dressed;
  return { status, headers: lowerNames(headers), atMs, chunks, isCut: ending !== 'close' };
}

const utf8 = new TextEncoder();
const plain = { delayMs: 0, random: () => 0 };

async function readWhole(response: Response, atMs: number): Promise<RawResponse> {
  const bytes = new Uint8Array(await response.arrayBuffer());
  const { status, headers } = response;
  return {
    status,
    headers: Object.fromEntries(headers),
    atMs,
    chunks: [{ atMs, bytes }],
    isCut: false,
  };
}

function lowerNames(headers: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(new Headers(headers));
}
