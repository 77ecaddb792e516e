import type { Context } from 'hono';
import { isErrorName } from '../contract/errors.ts';
import type { Dressing } from '../dialect/dialect.ts';
import type { Answer } from '../engine/answer.ts';
import { pause } from '../engine/clock.ts';
import { type ConnectionFault, isConnectionFault } from '../exchange/delivery.ts';
import { gatewayHeaders, ownHeaders } from './headers.ts';
import { record } from './record.ts';
import { refuse } from './refuse.ts';
import { askUpstream, relay } from './relay.ts';
import { replay, replayDelay } from './replay.ts';
import type { AppEnvironment, AppSettings } from './settings.ts';
import { type OnEnd, streamDelivery, streamEvents } from './sse.ts';
import type { Visit } from './visit.ts';

type AppContext = Context<AppEnvironment>;

export interface Sending {
  readonly settings: AppSettings;
  readonly visit: Visit;
  readonly answered: Answer;
}

/** An answer as a response, in its time, and in the journal before it leaves. */
export async function send(context: AppContext, sending: Sending): Promise<Response> {
  const { answered, visit, settings } = sending;
  const { delivery, facts } = answered;
  if (answered.kind === 'relay') return sendRelayed(context, sending);
  const isStreamed = answered.kind === 'reply' && visit.prompt?.streamed;
  const streams = isStreamed || answered.kind === 'recording';
  const fault = findBreak(sending);
  const ending = {
    end: fault ? 'cut' : 'finished',
    text: fault ? '' : wholeText(answered),
  } as const;

  const delayMs =
    answered.kind === 'recording'
      ? replayDelay(answered.recording, settings.recorder?.timing)
      : (delivery?.delayMs ?? 0);
  const isLate = delayMs > 0;
  const onEnd = record(context, sending, isLate || (streams && !fault) ? undefined : ending);
  if (isLate) {
    const { signal } = context.req.raw; // which costs as much as all else here
    await pause(facts.clock, delayMs, signal);
    if (signal.aborted) {
      onEnd('client-left', '');
      return new Response(null, { status: 499 }); // nobody reads it, but the log
    }
    if (fault || !streams) onEnd(ending.end, ending.text);
  }

  if (fault) return breakOff(context, fault, delivery?.random ?? (() => 0));
  switch (answered.kind) {
    case 'failure':
      return refuse(context, settings, answered.failure, ownFacts(sending));
    case 'body':
      return sendBody(answered, ownHeaders(settings, ownFacts(sending)));
    case 'recording':
      return sendRecording(context, { ...sending, answered, onEnd });
    default:
      return sendReply(context, { ...sending, answered, onEnd });
  }
}

/** The upstream's answer; where there is none, why. */
async function sendRelayed(context: AppContext, sending: Sending): Promise<Response> {
  const outcome = await askUpstream(context, sending);
  if (!outcome.ok) {
    const { facts } = sending.answered;
    const failure = { name: 'upstream_failed', message: outcome.failure.message } as const;
    return send(context, { ...sending, answered: { kind: 'failure', failure, facts } });
  }
  const { answer, startedAt } = outcome;
  const answered = { ...sending.answered, status: answer.status };
  const onEnd = record(context, { ...sending, answered }, undefined);
  return relay(context, sending, { answer, startedAt, onEnd });
}

interface SendingRecording extends Sending {
  readonly answered: Extract<Answer, { kind: 'recording' }>;
  readonly onEnd: OnEnd;
}

function sendRecording(
  context: AppContext,
  { answered, onEnd, ...sending }: SendingRecording,
): Response {
  return replay(answered.recording, {
    timing: sending.settings.recorder?.timing ?? 'none',
    clock: answered.facts.clock,
    own: ownHeaders(sending.settings, ownFacts({ ...sending, answered })),
    reset: context.env?.connection?.reset,
    onEnd,
  });
}

/** The failure of the connection that comes in place of an answer. */
function findBreak({ answered, visit }: Sending): ConnectionFault | undefined {
  const { fault } = answered.delivery ?? {};
  if (!fault || !isConnectionFault(fault.type)) return undefined;
  const streams = answered.kind === 'reply' && visit.prompt?.streamed;
  return streams && fault.afterChunks > 0 ? undefined : fault.type;
}

function wholeText(answered: Answer): string {
  return answered.kind === 'reply' ? (answered.reply.choices[0]?.text ?? '') : '';
}

interface Replying extends Sending {
  readonly answered: Extract<Answer, { kind: 'reply' }>;
  readonly onEnd: OnEnd;
}

function sendReply(context: AppContext, replying: Replying): Response {
  const { settings, visit, answered } = replying;
  const { reply, facts, status = 200 } = answered;
  const { dialect, prompt, violations } = visit;
  if (!prompt) throw new Error('A reply without a prompt.'); // the engine replies to prompts alone
  const quirks = { ...settings.quirks, ...answered.quirks };
  const { streamed } = prompt;
  const notes = [...violations, ...reply.warnings];
  if (notes.length > 0) context.set('notes', notes);

  const headers = {
    'content-type': streamed ? 'text/event-stream' : 'application/json',
    ...gatewayHeaders(quirks, { id: facts.id, api: dialect.api, streamed }),
    ...answered.headers,
    ...ownHeaders(settings, {
      ...ownFacts(replying),
      ...(reply.warnings.length > 0 && { warning: reply.warnings.join('; ') }),
    }),
  };
  const dressing = { prompt, stamp: { id: facts.id, created: facts.created }, quirks };
  if (streamed) return new Response(sendStream(context, replying, dressing), { status, headers });
  return new Response(JSON.stringify(dialect.encode(reply, dressing)), { status, headers });
}

function sendStream(
  context: AppContext,
  { visit, answered, onEnd }: Replying,
  dressing: Dressing,
): ReadableStream<Uint8Array> {
  const { delivery, facts, reply } = answered;
  const { dialect } = visit;
  const events = dialect.stream(reply, dressing);
  if (!delivery?.pace && !delivery?.fault && !delivery?.wire) {
    return streamEvents(events, onEnd);
  }
  const name = delivery.fault?.error ?? 'internal_error';
  return streamDelivery(events, {
    delivery,
    clock: facts.clock,
    error: dialect.fail(isErrorName(name) ? name : 'internal_error'),
    reset: context.env?.connection?.reset,
    onEnd,
  });
}

function sendBody(
  { body, status, headers }: Extract<Answer, { kind: 'body' }>,
  own: Readonly<Record<string, string>>,
): Response {
  const isText = typeof body === 'string';
  const type = isText ? 'text/plain; charset=utf-8' : 'application/json';
  const content = status === 204 || status === 304 ? null : isText ? body : JSON.stringify(body);
  return new Response(content, { status, headers: { 'content-type': type, ...headers, ...own } });
}

const garbageBytes = 64;

function breakOff(context: AppContext, fault: ConnectionFault, random: () => number): Response {
  const garbage = Uint8Array.from({ length: garbageBytes }, () => Math.floor(random() * 256));
  return context.env?.connection?.fail(fault, garbage) ?? Response.error();
}

/** Where an answer came from, for the headers in which the mock tells of itself. */
export function ownFacts({ visit, answered }: Sending): Readonly<Record<string, string>> {
  const { id, source, fixture, scenario, cassette, recording, selectedBy } = answered.facts;
  const { session } = visit;
  const violations = [...visit.violations, ...(answered.facts.violations ?? [])];
  return {
    'request-id': id,
    session,
    ...(source !== 'refused' && { source }),
    ...(fixture !== undefined && { fixture }),
    ...(scenario !== undefined && { scenario }),
    ...(cassette !== undefined && { cassette }),
    ...(recording !== undefined && { recording }),
    ...(selectedBy !== undefined && { 'selected-by': selectedBy }),
    ...(violations.length > 0 && { violations: violations.join('; ') }),
  };
}
