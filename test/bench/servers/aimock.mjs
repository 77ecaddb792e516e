import { LLMock } from '@copilotkit/aimock';

/** The nearest rival, with one fixture that answers everything: its best case. */
export async function start({ frames }) {
  const mock = new LLMock({ port: 0, logLevel: 'silent', chunkSize: 8 });
  mock.onMessage(/[\s\S]*/, { content: ' word 12'.repeat(frames) });
  await mock.start();
  return Number(new URL(mock.url).port);
}
