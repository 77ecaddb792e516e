import { errorCatalogue } from '../contract/errors.ts';
import type { ScriptedError } from './error-schema.ts';
import type { Fixture, FixtureSet, Limit } from './fixture.ts';
import { showPlace } from './problem.ts';
import type { Step } from './step-schema.ts';
import { quote } from './text-test.ts';

/** What a set of fixtures does, fixture by fixture, in words. */
export function describeSet({ scenario, description, fixtures, limits }: FixtureSet): string {
  const active = scenario ? `Scenario "${scenario}", active when it is selected` : 'Always active';
  const head = [`${active}.`, ...(description ? [description] : [])];
  const blocks = [head, ...limits.map(describeLimit), ...fixtures.map(describeFixture)];
  return `${blocks.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

function describeLimit({ id, conditions, ...limit }: Limit): readonly string[] {
  const { requestsPerMinute, tokensPerMinute, burst } = limit;
  const parts = [
    ...(requestsPerMinute === undefined ? [] : [`${requestsPerMinute} requests a minute`]),
    ...(tokensPerMinute === undefined ? [] : [`${tokensPerMinute} tokens a minute`]),
    ...(burst === undefined ? [] : [`${burst} at once`]),
  ];
  return [
    `rate limit ${id}`,
    `  allows ${parts.join(', ')}`,
    ...describeConditions({ conditions }),
  ];
}

function describeFixture(fixture: Fixture): readonly string[] {
  const { id, description, priority, place, steps, sets } = fixture;
  const at = place ? ` at ${showPlace(place)}` : '';
  return [
    `${id} (priority ${priority}${at})`,
    ...(description ? [`  ${description}`] : []),
    ...describeConditions(fixture),
    ...steps.map((step, index) => `  ${nameTurn(fixture, index)}${describeStep(step)}`),
    ...(steps.length > 1 || fixture.afterLast !== 'repeat-last' ? [describeEnd(fixture)] : []),
    ...(sets ? [`  then enters the state "${sets}"`] : []),
  ];
}

function describeConditions({
  conditions,
  requires,
}: Pick<Fixture, 'conditions' | 'requires'>): readonly string[] {
  const words = [
    ...conditions.map(({ place, expected }) => `${place} ${expected}`),
    ...(requires ? [`the state is "${requires}"`] : []),
  ];
  return [words.length === 0 ? '  for every request' : `  when ${words.join(', and ')}`];
}

function nameTurn({ steps }: Fixture, index: number): string {
  if (steps.length === 1) return 'answers with ';
  const before = steps.slice(0, index).reduce((sum, { times = 1 }) => sum + times, 0);
  const { times = 1 } = steps[index] ?? {};
  const from = before + 1;
  return times === 1 ? `request ${from}: ` : `requests ${from} to ${before + times}: `;
}

function describeEnd({ afterLast }: Fixture): string {
  const ends = {
    'repeat-last': 'every request after that: the last answer again',
    error: 'every request after that: an error of the mock',
    fallthrough: 'every request after that: the next fixture that fits',
  };
  return `  ${ends[afterLast]}`;
}

function describeStep(step: Step): string {
  const { delay, stream, fault, wire } = step;
  const type = typeof fault === 'string' ? fault : fault?.type;
  return [
    describeAnswer(step),
    ...(delay === undefined ? [] : [`after ${describeDelay(delay)}`]),
    ...(stream && !onlyChunks(stream) ? ['paced as a stream'] : []),
    ...(type ? [`with the fault ${type}`] : []),
    ...(wire ? [`on a wire with ${Object.keys(wire).join(', ')}`] : []),
  ].join(', ');
}

function describeAnswer({ error, status, body, raw, text, stream, ...step }: Step): string {
  const code = status === undefined ? '' : ` with status ${status}`;
  if (error !== undefined) return describeError(error, status);
  if (body !== undefined) return `${raw ? 'a raw body' : 'a body of its own'}${code}`;
  const chunks = stream?.chunks?.map((chunk) => (typeof chunk === 'string' ? chunk : chunk.text));
  const said = chunks ? chunks.join('') : text;
  const parts = [
    ...(step.thinking === undefined ? [] : [`reasoning ${quote(step.thinking)}`]),
    ...(typeof said === 'string' ? [`text ${quote(said)}`] : []),
    ...(step.toolCalls ?? []).map(({ name }) => `a call of ${name}`),
  ];
  return `${parts.length === 0 ? 'a generated answer' : parts.join(', ')}${code}`;
}

function describeError(error: NonNullable<Step['error']>, status?: number): string {
  const details: ScriptedError = typeof error === 'string' ? { name: error } : error;
  const { name, retryAfter, retryAfterHeader, retryAfterMs, sdkRetry } = details;
  const hints = [
    ...(retryAfter === undefined ? [] : [`retry_after ${retryAfter} s in its body`]),
    ...(retryAfterHeader === undefined ? [] : [`Retry-After: ${retryAfterHeader}`]),
    ...(retryAfterMs === undefined ? [] : [`retry-after-ms: ${retryAfterMs}`]),
    ...(sdkRetry === undefined ? [] : [`x-should-retry: ${sdkRetry}`]),
  ];
  const words = `the error ${name} (${status ?? errorCatalogue[name].status})`;
  return hints.length === 0 ? words : `${words} with ${hints.join(', ')}`;
}

function describeDelay(delay: NonNullable<Step['delay']>): string {
  if (typeof delay === 'number') return `${delay} ms`;
  if (delay.type === 'uniform') return `${delay.lower} to ${delay.upper} ms`;
  return `about ${delay.median} ms`;
}

function onlyChunks(stream: NonNullable<Step['stream']>): boolean {
  const plain = stream.chunks?.every((chunk) => typeof chunk === 'string') ?? true;
  return plain && Object.keys(stream).every((name) => name === 'chunks');
}
