import type { Delivery, Fault, Pace } from '../exchange/delivery.ts';
import type { Random } from '../generate/random.ts';
import type { Delay } from '../scenario/delivery-schema.ts';
import type { Step } from '../scenario/step-schema.ts';

/** How a step's answer travels. What is left to chance is decided by the random numbers alone. */
export function planDelivery(step: Step, random: Random, outputTokens: number): Delivery {
  const { delay = 0, stream, wire } = step;
  return {
    delayMs: draw(delay, random),
    fault: drawFault(step, random),
    pace: stream && planPace(stream, outputTokens),
    wire,
    random: () => random.next(),
  };
}

function draw(delay: Delay, random: Random): number {
  if (typeof delay === 'number') return delay;
  if (delay.type === 'uniform') {
    return delay.lower + random.next() * (delay.upper - delay.lower);
  }
  const { median, sigma, maxValue = Number.POSITIVE_INFINITY } = delay;
  return Math.min(median * Math.exp(sigma * drawNormal(random)), maxValue);
}

/** Of the standard normal distribution (Box and Muller). */
function drawNormal(random: Random): number {
  const radius = Math.sqrt(-2 * Math.log(1 - random.next()));
  return radius * Math.cos(2 * Math.PI * random.next());
}

function drawFault({ fault }: Step, random: Random): Fault | undefined {
  if (fault === undefined) return undefined;
  if (typeof fault === 'string') return { type: fault, afterChunks: 0 };
  const { type, afterChunks = 0, probability = 1, error } = fault;
  return random.next() < probability ? { type, afterChunks, error } : undefined;
}

function planPace(stream: NonNullable<Step['stream']>, outputTokens: number): Pace | undefined {
  const { ttftMs = 0, tokensPerSecond, jitter = 0, chunks = [], heartbeatMs } = stream;
  const atMs = chunks.map((chunk) => (typeof chunk === 'string' ? undefined : chunk.atMs));
  const spanMs = tokensPerSecond === undefined ? 0 : (outputTokens / tokensPerSecond) * 1000;
  const isPaced = ttftMs > 0 || spanMs > 0 || atMs.some((moment) => moment !== undefined);
  return isPaced || heartbeatMs !== undefined
    ? { ttftMs, spanMs, jitter, atMs, heartbeatMs }
    : undefined;
}
