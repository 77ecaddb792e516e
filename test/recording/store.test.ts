import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { Cassette, Recording } from '../../src/recording/cassette.ts';
import { createStore } from '../../src/recording/store.ts';
import { addRecording } from '../../src/recording/tape.ts';
import { makeFolder } from '../record/recorder.ts';

const hash = `sha256:${'0'.repeat(64)}`;
const heading = {
  version: '0.0.0',
  contractHash: hash,
  upstream: 'https://api.longcat.chat',
  match: { ignore: [], replace: [] },
};

function makeRecording(index: number): Omit<Recording, 'id'> {
  return {
    recordedAt: new Date(index * 1000).toISOString(),
    api: 'openai',
    endpoint: 'chat.completions',
    key: `sha256:${String(index).padStart(64, '0')}`,
    request: { index },
    response: { status: 200, headers: {}, atMs: 1, text: 'x' },
  };
}

function add(index: number) {
  return (before: Cassette | undefined) =>
    addRecording(before, makeRecording(index), { heading, replaces: false }).cassette;
}

it('reads nothing where there is no file', async () => {
  const store = createStore(await makeFolder());
  await expect(store.read('chat')).resolves.toBeUndefined();
  await expect(store.stamp('chat')).resolves.toBeUndefined();
});

it('loses none of many changes at once', async () => {
  const store = createStore(await makeFolder());
  const numbers = Array.from({ length: 40 }, (_, index) => index);
  await Promise.all(numbers.toReversed().map((index) => store.change('chat', add(index))));
  const cassette = await store.read('chat');
  // In the order of their requests, whatever the order in which they were written.
  expect(cassette?.recordings.map(({ request }) => request['index'])).toEqual(numbers);
});

it('leaves nothing but the cassette in its folder', async () => {
  const folder = await makeFolder();
  await createStore(folder).change('a/b', add(1));
  expect(await readdir(join(folder, 'a'))).toEqual(['b.json']);
});

it('takes over at once what a killed process of this machine left', async () => {
  const folder = await makeFolder();
  const nobody = 2 ** 22 + 1; // beyond the largest process id of Linux
  await writeFile(join(folder, 'chat.json.lock'), `${hostname()} ${nobody} token`);
  await writeFile(join(folder, '.chat.json.draft'), '{"half":');
  await createStore(folder).change('chat', add(1));
  expect(await readdir(folder)).toEqual(['chat.json']);
});

it('tells in its stamp that a file has changed', async () => {
  const store = createStore(await makeFolder());
  await store.change('chat', add(1));
  const before = await store.stamp('chat');
  await store.change('chat', add(2));
  expect(await store.stamp('chat')).not.toBe(before);
});

it('does not write what did not change', async () => {
  const folder = await makeFolder();
  const store = createStore(folder);
  await store.change('chat', add(1));
  const { ino } = await stat(store.pathOf('chat'));
  await store.change('chat', (before) => before);
  expect((await stat(store.pathOf('chat'))).ino).toBe(ino);
});

it('never writes over a file that is no cassette', async () => {
  const folder = await makeFolder();
  await writeFile(join(folder, 'chat.json'), '{"mine": true}\n');
  await expect(createStore(folder).change('chat', add(1))).rejects.toThrow(/chat\.json/);
  expect(await readFile(join(folder, 'chat.json'), 'utf8')).toBe('{"mine": true}\n');
});

it('says what keeps it from writing', async () => {
  const folder = await makeFolder();
  await writeFile(join(folder, 'taken'), '');
  const store = createStore(join(folder, 'taken'));
  await expect(store.change('chat', add(1))).rejects.toMatchObject({ code: 'cannot-write' });
  await mkdir(join(folder, 'other'));
});
