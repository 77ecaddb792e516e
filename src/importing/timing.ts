import type { Step } from '../scenario/step-schema.ts';
import type { Timing } from './call.ts';

const longestMs = 3_600_000;

/** A step that takes the time which the answer took; LongCat’s tokens are some four letters long. */
export function paceStep(step: Step, { waitMs, receiveMs }: Timing, streamed: boolean): Step {
  const wait = Math.min(Math.max(0, Math.round(waitMs)), longestMs);
  if (!streamed || step.error !== undefined || step.body !== undefined) {
    return wait === 0 ? step : { ...step, delay: wait };
  }
  const tokens = step.usage?.output ?? Math.ceil(wordsOf(step).length / 4);
  const speed = receiveMs >= 1 ? Math.min((tokens * 1000) / receiveMs, 100_000) : 0;
  const stream = {
    ...step.stream,
    ...(wait > 0 && { ttftMs: wait }),
    ...(speed > 0 && { tokensPerSecond: Math.max(0.001, Number(speed.toFixed(3))) }),
  };
  return Object.keys(stream).length === 0 ? step : { ...step, stream };
}

function wordsOf({ thinking = '', text, stream, toolCalls = [] }: Step): string {
  const chunks = (stream?.chunks ?? []).map((each) =>
    typeof each === 'string' ? each : each.text,
  );
  return [thinking, text ?? '', ...chunks, ...toolCalls.map((call) => JSON.stringify(call))].join(
    '',
  );
}
