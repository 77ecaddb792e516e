import { LLMock } from '@copilotkit/aimock';
import { listWords, paced, text } from './bodies.mjs';

/** The nearest rival, with fixtures that answer everything. */
export async function start({ frames }) {
  const words = listWords(frames);
  const options = { chunkSize: words[0].length };
  const mock = new LLMock({ port: 0, logLevel: 'silent' });
  const pacing = { ...options, latency: paced.everyMs };
  mock.onMessage('paced', { content: listWords(paced.count).join('') }, pacing);
  mock.onMessage('stream', { content: words.join('') }, options);
  mock.onMessage(/[\s\S]*/, { content: text });
  await mock.start();
  return Number(new URL(mock.url).port);
}
