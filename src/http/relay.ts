import type { Context } from 'hono';
import { linger } from '../engine/clock.ts';
import type { RawResponse, TimedBytes } from '../recording/bytes.ts';
import { type Credential, listCredentials } from '../recording/credentials.ts';
import type { Kept, KeptAnswer } from '../recording/deck.ts';
import type { UpstreamFailure } from '../recording/upstream/failure.ts';
import type { UpstreamAnswer } from '../recording/upstream.ts';
import { ownHeaders } from './headers.ts';
import { ownFacts, type Sending } from './send.ts';
import type { AppEnvironment } from './settings.ts';
import type { OnEnd, StreamEnd } from './sse.ts';

type AppContext = Context<AppEnvironment>;

export type Outcome =
  | { readonly ok: true; readonly answer: UpstreamAnswer; readonly startedAt: number }
  | { readonly ok: false; readonly failure: UpstreamFailure };

/** Asks the upstream what the client has asked. */
export async function askUpstream(
  context: AppContext,
  { visit, settings, answered }: Sending,
): Promise<Outcome> {
  const { raw } = context.req;
  const { recorder } = settings;
  if (!recorder) throw new Error('A relay without an upstream.'); // the engine has none to relay to
  const startedAt = answered.facts.clock.now();
  const result = await recorder.upstream.call({
    path: pathOf(raw.url),
    body: visit.text,
    headers: raw.headers,
    clientKey: visit.key,
    signal: raw.signal,
  });
  return result.ok ? { ...result, startedAt } : result;
}

export interface Relaying {
  readonly answer: UpstreamAnswer;
  readonly startedAt: number;
  readonly onEnd: OnEnd;
}

/** The upstream's answer as it comes; once it is whole, it is written down. */
export function relay(
  context: AppContext,
  sending: Sending,
  { answer, startedAt, onEnd }: Relaying,
): Response {
  const taken: TimedBytes[] = [];
  const credentials = credentialsOf(context.req.raw, sending);
  const finish = once(async (): Promise<StreamEnd> => {
    const { outcome } = await answer.end;
    const isWhole = outcome === 'finished' || hasEnded(taken);
    const end = outcome === 'aborted' ? 'client-left' : isWhole ? 'finished' : 'cut';
    if (isWhole || outcome === 'cut') {
      const response = toRaw(answer, taken, !isWhole);
      await keep(sending, answer, { response, startedAt, credentials });
    }
    onEnd(end, '');
    return end;
  });
  const { connection } = context.env ?? {};
  const body = pass(answer, { taken, finish, reset: connection?.reset?.bind(connection) });
  const own = ownHeaders(sending.settings, ownFacts(sending));
  return new Response(body, { status: answer.status, headers: { ...answer.headers, ...own } });
}

interface Passing {
  /** Gets every chunk that comes. */
  readonly taken: TimedBytes[];
  readonly finish: () => Promise<StreamEnd>;
  readonly reset?: (() => void) | undefined;
}

/**
 * Read as the client reads. The last chunk of a whole answer waits until the recording is on disk:
 * who has the answer finds it there.
 */
function pass(
  { chunks, headers }: UpstreamAnswer,
  { taken, finish, reset }: Passing,
): ReadableStream<Uint8Array> {
  const source = chunks[Symbol.asyncIterator]();
  const isStream = isEventStream(headers);
  let held: TimedBytes | undefined;

  /** The next chunk to pass on; nothing at the end. */
  async function next(): Promise<TimedBytes | undefined> {
    for (;;) {
      const { value, done } = await source.next();
      if (done) return undefined;
      taken.push(value);
      const passed = isStream ? value : held;
      held = isStream ? undefined : value;
      if (passed) return passed;
    }
  }

  return new ReadableStream({
    async pull(controller) {
      const chunk = await next();
      if (chunk) {
        controller.enqueue(chunk.bytes);
        return;
      }
      const end = await finish();
      if (held) controller.enqueue(held.bytes);
      if (end !== 'cut') controller.close();
      else if (reset) linger(reset);
      else controller.error(new TypeError('terminated'));
    },
    async cancel() {
      await source.return?.();
      await finish();
    },
  });
}

async function keep(
  { answered, settings: { recorder } }: Sending,
  { unrecordable }: UpstreamAnswer,
  kept: KeptAnswer,
): Promise<void> {
  if (answered.kind !== 'relay' || !answered.live || !recorder?.deck) return;
  if (unrecordable !== undefined) {
    recorder.notify(`Not recorded: ${unrecordable}`);
    return;
  }
  const told = await recorder.deck
    .keep(answered.live, kept)
    .then(tellKept, (error: Error) => [`Not recorded: ${error.message}`]);
  for (const line of told) recorder.notify(line);
}

function tellKept(kept: Kept): readonly string[] {
  if (kept.kind !== 'kept') return [`Not recorded: ${kept.reason}`];
  return [`Recorded ${kept.id} in ${kept.path}.`];
}

function toRaw(
  { status, headers, atMs }: UpstreamAnswer,
  chunks: readonly TimedBytes[],
  isCut: boolean,
): RawResponse {
  return { status, headers, atMs, chunks, isCut };
}

function isEventStream(headers: UpstreamAnswer['headers']): boolean {
  return /^text\/event-stream\b/i.test(headers['content-type'] ?? '');
}

/** Whether a stream has said that it is over: clients leave then, and some at once. */
function hasEnded(chunks: readonly TimedBytes[]): boolean {
  const tail = chunks.slice(-2).map(({ bytes }) => new TextDecoder().decode(bytes));
  return /^data: ?(?:\[DONE\]|\{"type": ?"message_stop".*)\s*$/m.test(tail.join(''));
}

/** What the request came with, and what it went on with. */
function credentialsOf(
  { headers, url }: Request,
  { visit, settings }: Sending,
): readonly Credential[] {
  const own = [
    { source: 'the key of the request', value: visit.key },
    { source: 'the key of the upstream', value: settings.recorder?.upstreamKey ?? '' },
  ];
  const listed = listCredentials(Object.fromEntries(headers), new URL(url).search);
  return [...listed, ...own.filter(({ value }) => value !== '' && !isAmong(value, listed))];
}

function isAmong(value: string, credentials: readonly Credential[]): boolean {
  return credentials.some((credential) => credential.value === value);
}

/** The path and query, as LongCat has them: without the session before them. */
function pathOf(url: string): string {
  const { pathname, search } = new URL(url);
  return `${pathname.replace(/^\/s\/[^/]+(?=\/)/, '')}${search}`;
}

function once<Result>(act: () => Promise<Result>): () => Promise<Result> {
  let acting: Promise<Result> | undefined;
  return () => {
    acting ??= act();
    return acting;
  };
}
