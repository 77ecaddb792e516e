import { readFileSync } from 'node:fs';
import {
  type MessagePort,
  parentPort,
  receiveMessageOnPort,
  workerData,
} from 'node:worker_threads';
import { type Count, loadCount } from './load.ts';
import type { Report, Setup, Task } from './messages.ts';
import { cutSpans } from './spans.ts';

/*
 * The thread that counts by a tokenizer.json. It takes its tasks in turn, a span of each, so that a
 * short text does not wait for a long one.
 */

if (parentPort) start(parentPort, workerData as Setup); // as `tokenizer.ts` sets it up

function start(port: MessagePort, { path }: Setup): void {
  const report = (message: Report) => port.postMessage(message);
  const count = load(path);
  if (typeof count === 'string') {
    report({ kind: 'unusable', reason: count });
    return;
  }
  report({ kind: 'ready' });
  port.on('message', (task: Task) => work(task, { port, count, report }));
}

/** The count, or why there is none. */
function load(path: string): Count | string {
  try {
    return loadCount(readFileSync(path, 'utf8'));
  } catch (error) {
    return explain(error);
  }
}

interface Workplace {
  readonly port: MessagePort;
  readonly count: Count;
  readonly report: (message: Report) => void;
}

/** Works until nothing is left, tasks that come meanwhile included. */
function work(first: Task, { port, count, report }: Workplace): void {
  const begun = [begin(first, count)];
  for (let next = begun.shift(); next; next = begun.shift()) {
    const result = goOn(next);
    if (result) report(result);
    else begun.push(next);
    for (let come = receiveMessageOnPort(port); come; come = receiveMessageOnPort(port)) {
      begun.push(begin(come.message, count));
    }
  }
}

interface Begun {
  readonly id: number;
  readonly steps: Iterator<undefined, readonly number[]>;
}

function begin({ id, texts }: Task, count: Count): Begun {
  return { id, steps: countInSteps(texts, count) };
}

function goOn({ id, steps }: Begun): Report | undefined {
  try {
    const { done, value } = steps.next();
    return done ? { kind: 'counted', id, counts: value } : undefined;
  } catch (error) {
    return { kind: 'failed', id, reason: explain(error) };
  }
}

const stepLength = 65_536;

/** Rests after every span or as many short texts. */
function* countInSteps(
  texts: readonly string[],
  count: Count,
): Generator<undefined, readonly number[]> {
  const counts: number[] = [];
  let done = 0;
  for (const text of texts) {
    let tokens = 0;
    for (const span of cutSpans(text)) {
      if (done > 0 && done + span.length > stepLength) {
        yield;
        done = 0;
      }
      tokens += count(span);
      done += span.length;
    }
    counts.push(tokens);
  }
  return counts;
}

function explain(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
