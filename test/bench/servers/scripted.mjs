import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startLongCatMock } from '../../../dist/index.js';
import { listWords, paced, text } from './bodies.mjs';

/** The mock with fixtures that say what those of its rival say, and as many others as asked for. */
export async function start({ frames, others = 0 }) {
  const folder = mkdtempSync(join(tmpdir(), 'longcat-mock-bench-'));
  const path = join(folder, 'bench.json');
  writeFileSync(path, JSON.stringify({ version: 1, fixtures: [...listFixtures(frames, others)] }));
  const { port } = await startLongCatMock({ port: 0, fixtures: [path] });
  rmSync(folder, { recursive: true });
  return port;
}

function* listFixtures(frames, others) {
  yield { id: 'whole', match: { stream: false }, respond: { text } };
  yield streamFixture('stream', listWords(frames));
  const words = listWords(paced.count);
  yield streamFixture(
    'paced',
    words.map((word, index) => ({ text: word, atMs: index * paced.everyMs })),
  );
  for (let number = 0; number < others; number += 1) yield otherFixture(number);
}

function streamFixture(id, chunks) {
  const match = { stream: true, messages: { last: { text: { contains: id } } } };
  return { id, match, respond: { stream: { chunks } } };
}

/** Every third of each kind: the whole text, a part of it, a pattern. */
function otherFixture(number) {
  const words = `question number ${number},`;
  const text = [words, { contains: words }, { matches: `${words} .*please` }][number % 3];
  return {
    id: `other.${number}`,
    match: { messages: { last: { text } } },
    respond: { text: 'No.' },
  };
}
