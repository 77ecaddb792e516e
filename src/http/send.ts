import type { Context } from 'hono';
import { isErrorName } from '../contract/errors.ts';
import { overrideQuirks } from '../contract/quirks.ts';
import type { Dialect, WireEvent } from '../dialect/dialect.ts';
import type { Answer } from '../engine/answer.ts';
import { pause } from '../engine/clock.ts';
import { type ConnectionFault, isConnectionFault } from '../exchange/delivery.ts';
import { type Flow, type FlowingAnswer, toReadable } from './flow.ts';
import { gatewayHeaders, type OwnFacts, ownHeaders } from './headers.ts';
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
      return sendReply(context, sending, answered, onEnd);
  }
}

/** The upstream's answer; where there is none, why. */
async function sendRelayed(context: AppContext, sending: Sending): Promise<Response> {
  const outcome = await askUpstream(context, sending);
  if (!outcome.ok) {
    const facts = { ...sending.answered.facts, source: 'refused' } as const;
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
  const { settings } = sending;
  const { connection } = context.env ?? {};
  const flowing = replay(answered.recording, {
    timing: settings.recorder?.timing ?? 'none',
    clock: answered.facts.clock,
    own: ownHeaders(settings, ownFacts({ ...sending, answered })),
    reset: connection?.reset?.bind(connection),
    onEnd,
  });
  return sendFlow(context, flowing, settings);
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

type ReplyAnswer = Extract<Answer, { kind: 'reply' }>;

function sendReply(
  context: AppContext,
  sending: Sending,
  answered: ReplyAnswer,
  onEnd: OnEnd,
): Response {
  const { settings, visit } = sending;
  const { reply, facts, status = 200 } = answered;
  const { dialect, prompt, violations } = visit;
  if (!prompt) throw new Error('A reply without a prompt.'); // the engine replies to prompts alone
  const { streamed } = prompt;
  if (violations.length + reply.warnings.length > 0) {
    context.set('notes', [...violations, ...reply.warnings]);
  }

  const quirks = overrideQuirks(settings.quirks, answered.quirks);
  const warning = reply.warnings.length > 0 ? reply.warnings.join('; ') : undefined;
  const headers = {
    'content-type': streamed ? 'text/event-stream' : 'application/json',
    ...gatewayHeaders(quirks, { id: facts.id, api: dialect.api, streamed }),
    ...answered.headers,
    ...ownHeaders(settings, ownFacts(sending, warning)),
  };
  const dressing = { prompt, stamp: facts, quirks };
  if (streamed) {
    const events = dialect.stream(reply, dressing);
    const flow = openFlow(context, { dialect, answered, events, onEnd });
    return sendFlow(context, { status, headers, flow }, settings);
  }
  return new Response(JSON.stringify(dialect.encode(reply, dressing)), { status, headers });
}

/** Past the web's streams where that can be: a page's CORS headers are put on by a middleware. */
function sendFlow(
  context: AppContext,
  answer: FlowingAnswer,
  { corsOrigins }: Pick<AppSettings, 'corsOrigins'>,
): Response {
  const { connection } = context.env ?? {};
  if (connection?.stream && corsOrigins.length === 0) return connection.stream(answer);
  const { status, headers, flow } = answer;
  return new Response(toReadable(flow), { status, headers });
}

interface Streaming {
  readonly dialect: Dialect;
  readonly answered: ReplyAnswer;
  readonly events: readonly WireEvent[];
  readonly onEnd: OnEnd;
}

function openFlow(context: AppContext, { dialect, answered, events, onEnd }: Streaming): Flow {
  const { delivery, facts } = answered;
  const { connection } = context.env ?? {};
  if (!delivery?.pace && !delivery?.fault && !delivery?.wire) {
    return streamEvents(events, onEnd);
  }
  const name = delivery.fault?.error ?? 'internal_error';
  return streamDelivery(events, {
    delivery,
    clock: facts.clock,
    error: dialect.fail(isErrorName(name) ? name : 'internal_error'),
    reset: connection?.reset?.bind(connection),
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
export function ownFacts({ visit, answered }: Sending, warning?: string): OwnFacts {
  const { id, source, fixture, scenario, cassette, recording, selectedBy } = answered.facts;
  const { session } = visit;
  const { violations: told } = answered.facts;
  const violations = told ? [...visit.violations, ...told] : visit.violations;
  return {
    'request-id': id,
    session,
    source: source === 'refused' ? undefined : source,
    fixture,
    scenario,
    cassette,
    recording,
    'selected-by': selectedBy,
    violations: violations.length > 0 ? violations.join('; ') : undefined,
    warning,
  };
}
