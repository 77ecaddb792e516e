import type { ErrorName } from '../contract/errors.ts';
import type { QuirkSettings } from '../contract/quirks.ts';
import type { Delivery } from '../exchange/delivery.ts';
import type { Failure } from '../exchange/failure.ts';
import { writeJson } from '../exchange/json.ts';
import type { Prompt } from '../exchange/prompt.ts';
import type { Choice, Reasoning, Reply, Stop, ToolCall, Usage } from '../exchange/reply.ts';
import type { Random } from '../generate/random.ts';
import type { ScriptedError } from '../scenario/error-schema.ts';
import type { Step } from '../scenario/step-schema.ts';
import { planDelivery } from './delivery.ts';

/** What a step came to for one request. */
export type Performance = { readonly delivery: Delivery } & (
  | {
      readonly kind: 'reply';
      readonly reply: Reply;
      readonly quirks: Partial<QuirkSettings>;
      readonly status: number;
      readonly headers: Readonly<Record<string, string>>;
    }
  | { readonly kind: 'failure'; readonly failure: Failure<ErrorName> }
  | {
      readonly kind: 'body';
      readonly status: number;
      readonly headers: Readonly<Record<string, string>>;
      /** As a text it is sent as it is, else as JSON. */
      readonly body: unknown;
    }
);

export interface Stage {
  readonly prompt: Prompt;
  readonly ids: Random;
  /** Decides delays, jitter and what happens with some probability. */
  readonly random: Random;
  /** The answer in place of what the step leaves out. */
  readonly generate: () => Reply | Promise<Reply>;
  readonly countUsage: (reply: Reply) => Usage | Promise<Usage>;
}

/** A step of a fixture as the answer to one request; at once, unless something has to be awaited. */
export function perform(step: Step, stage: Stage): Performance | Promise<Performance> {
  const { error, body, status = 200, headers = noHeaders } = step;
  if (error !== undefined) {
    const failure = writeFailure(step, error);
    return { kind: 'failure', failure, delivery: planDelivery(step, stage.random, 0) };
  }
  if (body !== undefined) {
    return { kind: 'body', status, headers, body, delivery: planDelivery(step, stage.random, 0) };
  }
  const reply = writeReply(step, stage);
  return reply instanceof Promise
    ? reply.then((written) => deliver(written, step, stage.random))
    : deliver(reply, step, stage.random);
}

const noHeaders = {};

function deliver(reply: Reply, step: Step, random: Random): Performance {
  const { quirks = noQuirks, status = 200, headers = noHeaders } = step;
  const delivery = planDelivery(step, random, reply.usage.output);
  return { kind: 'reply', reply, quirks: dropUnset(quirks), status, headers, delivery };
}

const noQuirks = {};

function writeFailure(step: Step, error: ErrorName | ScriptedError): Failure<ErrorName> {
  const { name, message, retryAfter, retryAfterHeader, retryAfterMs, sdkRetry } =
    typeof error === 'string' ? scripted(error) : error;
  return {
    name,
    message,
    retryAfter,
    status: step.status,
    headers: {
      ...(retryAfterHeader !== undefined && { 'retry-after': String(retryAfterHeader) }),
      ...(retryAfterMs !== undefined && { 'retry-after-ms': String(retryAfterMs) }),
      ...(sdkRetry !== undefined && { 'x-should-retry': String(sdkRetry) }),
      ...step.headers,
    },
  };
}

function scripted(name: ErrorName): ScriptedError {
  return { name };
}

function writeReply(step: Step, stage: Stage): Reply | Promise<Reply> {
  if (!hasContent(step)) {
    const reply = stage.generate();
    if (!(reply instanceof Promise)) return withUsage(reply, reply.usage, step);
    return reply.then((written) => withUsage(written, written.usage, step));
  }
  const reply = writeContent(step, stage);
  const counted = stage.countUsage(reply);
  if (!(counted instanceof Promise)) return withUsage(reply, counted, step);
  return counted.then((usage) => withUsage(reply, usage, step));
}

function withUsage({ choices, warnings }: Reply, counted: Usage, step: Step): Reply {
  return { choices, warnings, usage: settleUsage(counted, step) };
}

/** The counts that a step gives over the counted ones: what is part of another is no more than it. */
function settleUsage(counted: Usage, { usage }: Step): Usage {
  if (!usage) return counted;
  const given = { ...counted, ...dropUnset(usage) };
  return {
    ...given,
    input: usage.input ?? Math.max(given.input, given.cached),
    output: usage.output ?? Math.max(given.output, given.reasoning),
  };
}

/** Whether a step says anything; what it leaves out is else generated. */
export function hasContent({ text, thinking, toolCalls, stream }: Step): boolean {
  const isSaid = text !== undefined || thinking !== undefined; // null says that there is none
  return isSaid || toolCalls !== undefined || stream?.chunks !== undefined;
}

/** The words of a step, as often as the request wants them; nothing in it is counted yet. */
export function writeContent(step: Step, stage: Pick<Stage, 'prompt' | 'ids'>): Reply {
  const choices = Array.from({ length: stage.prompt.choices }, () => writeChoice(step, stage));
  const usage = settleUsage({ input: 0, cached: 0, output: 0, reasoning: 0 }, step);
  return { choices, warnings: [], usage };
}

function writeChoice(step: Step, { prompt, ids }: Pick<Stage, 'prompt' | 'ids'>): Choice {
  const chunks = step.stream?.chunks?.map((chunk) =>
    typeof chunk === 'string' ? chunk : chunk.text,
  );
  const text = chunks?.join('') ?? step.text ?? undefined;
  const toolCalls = (step.toolCalls ?? []).map(
    ({ id, name, arguments: input }): ToolCall => ({
      id: id ?? ids.hex(24),
      kind: prompt.tools.find((tool) => tool.name === name)?.kind ?? 'function',
      name,
      input: typeof input === 'string' ? input : writeJson(input),
    }),
  );
  return {
    thinking: showThinking(step, prompt, ids),
    text,
    chunks,
    toolCalls,
    stop: stopOf(step, toolCalls.length > 0),
  };
}

function showThinking(
  { thinking }: Step,
  { thinking: asked }: Prompt,
  ids: Random,
): Reasoning | undefined {
  if (thinking === undefined || !asked.on) return undefined;
  return { text: asked.hidden ? '' : thinking, signature: ids.hex(64) };
}

function stopOf({ finishReason }: Step, calls: boolean): Stop {
  switch (finishReason ?? (calls ? 'tool_calls' : 'stop')) {
    case 'length':
      return { kind: 'limit' };
    case 'tool_calls':
      return { kind: 'tool-calls' };
    default:
      return { kind: 'end' };
  }
}

/** Without the members that are there but undefined. */
function dropUnset<Value extends object>(
  value: Value,
): { [Key in keyof Value]: NonNullable<Value[Key]> } {
  if (value === noQuirks) return value as { [Key in keyof Value]: NonNullable<Value[Key]> }; // empty
  const entries = Object.entries(value).filter(([, member]) => member !== undefined);
  return Object.fromEntries(entries) as { [Key in keyof Value]: NonNullable<Value[Key]> }; // fromEntries forgets the keys
}
