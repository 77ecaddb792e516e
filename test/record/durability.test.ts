import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { startLongCatMock } from '../../src/index.ts';
import { parseCassette } from '../../src/recording/document.ts';
import { ask } from '../ask.ts';
import { serve } from '../cli/command.ts';
import { makeFolder } from './recorder.ts';

async function startUpstream(): Promise<string> {
  const upstream = await startLongCatMock({ port: 0, fixtures: [] });
  onTestFinished(() => upstream.close());
  return upstream.url;
}

function serveRecorder(upstream: string, cassettes: string) {
  const flags = ['--record', 'new_episodes', '--cassettes', cassettes, '--upstream', upstream];
  return serve([...flags, '--allow-private-upstream', '--allow-record-in-ci'], {
    LONGCAT_API_KEY: 'key-of-the-upstream',
  });
}

function say(content: string) {
  return { messages: [{ role: 'user', content }] };
}

async function readRequests(cassettes: string): Promise<readonly unknown[]> {
  const text = await readFile(join(cassettes, 'default.json'), 'utf8');
  const { recordings } = parseCassette(text, 'default.json');
  return recordings.map(({ request }) => request['messages']);
}

it(
  'leaves the old cassette or the new one when it is killed, 20 times',
  { timeout: 120_000 },
  async () => {
    const upstream = await startUpstream();
    const cassettes = await makeFolder();
    let asked = 0;
    let least = 0;
    for (let round = 0; round < 20; round += 1) {
      const recorder = await serveRecorder(upstream, cassettes);
      let answered = 0;
      let killed: Promise<unknown> | undefined;
      const answers = Array.from({ length: 6 }, async () => {
        asked += 1;
        const response = await ask({ ...say(`Number ${asked}`) }, { mock: recorder });
        await response.text();
        answered += 1;
        // In the midst of writing down those that are still on their way.
        if (answered === 1 + (round % 5)) killed = recorder.stop('SIGKILL');
      });
      await Promise.allSettled(answers);
      await (killed ?? recorder.stop('SIGKILL'));
      least += answered;
      const requests = await readRequests(cassettes);
      expect(requests.length).toBeGreaterThanOrEqual(least); // whoever has the answer finds it there
    }
    const last = await serveRecorder(upstream, cassettes);
    await (await ask(say('The last one'), { mock: last })).text();
    await last.stop();
    expect(await readdir(cassettes)).toEqual(['.uses.json', 'default.json']);
  },
);

it('loses nothing when two processes record into one cassette', async () => {
  const upstream = await startUpstream();
  const cassettes = await makeFolder();
  await using left = await serveRecorder(upstream, cassettes);
  await using right = await serveRecorder(upstream, cassettes);
  const words = Array.from({ length: 30 }, (_, index) => `Number ${index}`);
  await Promise.all(
    words.map(async (word, index) => {
      const response = await ask(say(word), { mock: index % 2 === 0 ? left : right });
      await response.text();
    }),
  );
  const requests = await readRequests(cassettes);
  const messages = requests.map((each) => (each as [{ content: string }])[0].content);
  expect(messages.toSorted()).toEqual(words.toSorted());
});
