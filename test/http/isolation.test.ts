import { Worker } from 'node:worker_threads';
import { expect, it } from 'vitest';
import { createLongCatMock, type LongCatMock, startLongCatMock } from '../../src/index.ts';
import type { FixtureInput } from '../../src/scenario/schema.ts';
import { ask, chatPath, messagesPath } from '../ask.ts';
import { script } from '../script.ts';

const tests = 200;
const workers = 16;
const repetitions = 50;

const fixtures: readonly FixtureInput[] = [
  { id: 'steps', match: { stream: false }, respond: [{ text: 'one' }, { text: 'two' }] },
];

async function readText(response: Response): Promise<string> {
  const { choices, content, error } = await response.json();
  return choices?.[0].message.content ?? content?.[0].text ?? error.code;
}

/** What one test sees that asks twice in a session of its own, and what is left of it. */
async function runTest(mock: LongCatMock, session: string): Promise<readonly unknown[]> {
  const path = session.endsWith('0') ? messagesPath : chatPath;
  const answers: string[] = [];
  for (let time = 0; time < 2; time += 1) {
    const headers = { 'x-longcat-mock-session': session };
    answers.push(await readText(await ask({ user: session }, { mock, path, headers })));
  }
  const entries = mock.engine.journal.list({ session });
  return [answers, entries.map(({ body }) => body?.['user'])];
}

it('200 tests of 16 workers on one mock see their own sessions alone, 50 times', async () => {
  const mock = createLongCatMock({ validate: 'off' });
  script(mock, fixtures);
  const wrong: unknown[] = [];
  for (let repetition = 0; repetition < repetitions; repetition += 1) {
    let next = 0;
    const work = async () => {
      while (next < tests) {
        const session = `${repetition}-${next++}`;
        const seen = JSON.stringify(await runTest(mock, session));
        const expected = JSON.stringify([
          ['one', 'two'],
          [session, session],
        ]);
        if (seen !== expected) wrong.push([session, seen]);
      }
    };
    await Promise.all(Array.from({ length: workers }, work));
  }

  expect(wrong).toEqual([]);
});

/** Runs in a thread of its own: its share of the tests, two requests each, many at a time. */
const workerCode = `
  const { parentPort, workerData: { url, paths, sessions, body } } = require('node:worker_threads');
  async function ask(session, path) {
    const headers = { authorization: 'Bearer k', 'x-longcat-mock-session': session };
    const response = await fetch(url + path, { method: 'POST', headers, body });
    const { choices, content, error } = await response.json();
    return choices?.[0].message.content ?? content?.[0].text ?? error.code;
  }
  async function run(session, index) {
    const path = paths[index % 2];
    return [session, await ask(session, path), await ask(session, path)];
  }
  Promise.all(sessions.map(run)).then((seen) => parentPort.postMessage(seen));
`;

it('200 tests of 16 threads on one server see their own sessions alone', async () => {
  await using mock = await startLongCatMock({ port: 0 });
  script(mock, fixtures);
  const body = JSON.stringify({
    model: 'LongCat-2.0',
    messages: [{ role: 'user', content: 'Hello!' }],
  });
  const names = Array.from({ length: tests }, (_, index) => `thread-${index}`);
  const runs = Array.from({ length: workers }, (_, worker) => {
    const sessions = names.filter((_, index) => index % workers === worker);
    const workerData = { url: mock.url, paths: [chatPath, messagesPath], sessions, body };
    const thread = new Worker(workerCode, { eval: true, workerData });
    return new Promise<string[][]>((resolve, reject) => {
      thread.once('message', resolve);
      thread.once('error', reject);
    });
  });
  const seen = (await Promise.all(runs)).flat();

  expect(seen).toHaveLength(tests);
  expect(seen.filter(([, first, second]) => first !== 'one' || second !== 'two')).toEqual([]);
  for (const name of names) expect(mock.engine.journal.count(name).seen).toBe(2);
});

it('of 50 requests at the same time on one transition exactly one wins', async () => {
  await using mock = await startLongCatMock({ port: 0 });
  script(
    mock,
    [
      { id: 'winner', state: { requires: 'Started', sets: 'Taken' }, respond: { text: 'won' } },
      { id: 'rest', state: { requires: 'Taken' }, respond: { text: 'late' } },
    ],
    { scenario: 'race' },
  );
  for (const path of [chatPath, messagesPath]) {
    for (const session of ['a', 'b', 'c']) {
      const headers = {
        'x-longcat-mock-scenario': 'race',
        'x-longcat-mock-session': session + path,
      };
      const texts = await Promise.all(
        Array.from({ length: 50 }, async () => readText(await ask({}, { mock, path, headers }))),
      );

      expect(texts.sort()).toEqual([...Array(49).fill('late'), 'won']);
    }
  }
});

it('of 50 requests at the same time on one sequence each step goes to one', async () => {
  const mock = createLongCatMock();
  const respond = Array.from({ length: 50 }, (_, index) => ({ text: `step ${index}` }));
  script(mock, [{ id: 'steps', respond: respond as [(typeof respond)[0]], afterLast: 'error' }]);
  const texts = await Promise.all(
    Array.from({ length: 60 }, async () => readText(await ask({}, { mock }))),
  );

  expect(new Set(texts)).toEqual(
    new Set([...respond.map(({ text }) => text), 'no_fixture_matched']),
  );
  expect(texts.filter((text) => text === 'no_fixture_matched')).toHaveLength(10);
});

it('a key fills and empties buckets of its own, a session too', async () => {
  const mock = createLongCatMock();
  script(mock, [{ id: 'all', respond: { text: 'Hello!' } }], {
    rateLimits: [{ id: 'two', requestsPerMinute: 2 }],
  });
  const asked = async (session: string, key: string) => {
    const headers = { 'x-longcat-mock-session': session, authorization: `Bearer ${key}` };
    return (await ask({}, { mock, headers })).status;
  };
  const statuses = [];
  for (const [session, key] of ['a1', 'a1', 'a1', 'a2', 'b1', 'b1', 'b1'].map((word) => [
    ...word,
  ])) {
    statuses.push(await asked(session ?? '', key ?? ''));
  }

  expect(statuses).toEqual([200, 200, 429, 200, 200, 200, 429]);
});
