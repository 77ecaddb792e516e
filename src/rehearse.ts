import { ErrorBody, WafBody } from './contract/errors.ts';
import { operations } from './contract/operations.ts';
import { settleQuirks } from './contract/quirks.ts';
import { anthropic } from './dialect/anthropic/index.ts';
import type { Dialect, Dressing, WireEvent } from './dialect/dialect.ts';
import { openai } from './dialect/openai/index.ts';
import { hasContent, writeContent } from './engine/perform.ts';
import { createRandom } from './generate/random.ts';
import type { Fixture } from './scenario/fixture.ts';
import type { Step } from './scenario/step-schema.ts';

const stages = [
  { dialect: openai, operation: operations.createChatCompletion },
  { dialect: anthropic, operation: operations.createMessage },
] as const;

const stamp = { id: '0'.repeat(32), created: 0 };

/**
 * What is impossible about a step's answer, in any of the forms it may be asked for in: each format
 * that its fixture fits, streamed and whole. Nothing when the published schemas take them all.
 */
export function rehearse(step: Step, fixture: Pick<Fixture, 'api' | 'stream'>): readonly string[] {
  if (step.raw || step.error !== undefined) return [];
  const problems = stages
    .filter(({ dialect }) => fixture.api === 'any' || fixture.api === dialect.api)
    .flatMap((stage) =>
      step.body === undefined ? rehearseReply(step, fixture, stage) : rehearseBody(step, stage),
    );
  return [...new Set(problems)];
}

type Stage = (typeof stages)[number];

function rehearseBody(step: Step, { dialect, operation }: Stage): readonly string[] {
  const schema = (step.status ?? 200) >= 400 ? ErrorBody.or(WafBody) : operation.response;
  const parsed = schema.safeParse(step.body);
  return parsed.success ? [] : [describe(parsed.error.issues[0], dialect, 'body')];
}

function rehearseReply(
  step: Step,
  { stream }: Pick<Fixture, 'stream'>,
  { dialect, operation }: Stage,
): readonly string[] {
  if (!hasContent(step) && step.usage === undefined) return [];
  const modes = stream === undefined ? [false, true] : [stream];
  return modes.flatMap((streamed) => {
    const dressing = dress(dialect, step, streamed);
    const reply = writeContent(step, { prompt: dressing.prompt, ids: createRandom(1) });
    if (!streamed) {
      const parsed = operation.response.safeParse(dialect.encode(reply, dressing));
      return parsed.success ? [] : [describe(parsed.error.issues[0], dialect, 'answer')];
    }
    return dialect.stream(reply, dressing).flatMap((event) => {
      if (event.data === '[DONE]') return [];
      const parsed = operation.streamEvent.safeParse(payloadOf(event));
      return parsed.success ? [] : [describe(parsed.error.issues[0], dialect, 'stream')];
    });
  });
}

/** A request that shows all there is to show. */
function dress(dialect: Dialect, { quirks = {} }: Step, streamed: boolean): Dressing {
  const prompt = dialect.decode({
    model: 'LongCat-2.0',
    max_tokens: 100,
    messages: [{ role: 'user', content: 'Hello!' }],
    thinking: { type: 'enabled' },
    stream: streamed,
  });
  return { prompt, stamp, quirks: settleQuirks(quirks) };
}

function payloadOf({ data }: WireEvent): unknown {
  return typeof data === 'string' ? JSON.parse(data) : data;
}

interface Issue {
  readonly path: readonly (string | number)[];
  readonly message: string;
}

function describe(issue: Issue | undefined, { api }: Dialect, form: string): string {
  const { path = [], message = 'it does not fit' } = issue ?? {};
  return `as ${form} on ${api}, at ${path.join('.') || 'its root'}: ${message}`;
}
