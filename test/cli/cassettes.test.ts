import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import {
  type CassettesOptions,
  cassettes,
  pruneCassettes,
} from '../../src/cli/commands/cassettes.ts';
import { renderCassette } from '../../src/recording/document.ts';
import { writeUses } from '../../src/recording/uses.ts';
import { makeFolder } from '../record/recorder.ts';
import { collectStreams } from './streams.ts';

const hash = `sha256:${'0'.repeat(64)}`;

/** Two cassettes: one with recordings of August and October, one with a recording of November. */
async function arrange(): Promise<CassettesOptions> {
  const folder = await makeFolder();
  const shelve = async (name: string, days: readonly string[]) => {
    const recordings = days.map((day, index) => ({
      id: `${name}-${index + 1}`,
      recordedAt: `${day}T12:00:00.000Z`,
      api: 'openai' as const,
      endpoint: 'chat.completions' as const,
      key: hash,
      request: {},
      response: { status: 200, headers: {}, atMs: 1, text: 'x' },
    }));
    const recordedWith = {
      tool: 'longcat-mock',
      version: '1.0.0',
      matcherVersion: 1,
      contractHash: hash,
    } as const;
    const match = { ignore: [], replace: [] };
    const upstream = 'https://api.longcat.chat';
    const text = renderCassette({ version: 1, recordedWith, upstream, match, recordings });
    await writeFile(join(folder, `${name}.json`), text);
  };
  await shelve('chat', ['2026-08-01', '2026-10-30']);
  await shelve('tools', ['2026-11-20']);
  const played = [{ cassette: 'chat', ids: ['chat-1'] }];
  await writeUses(folder, played, Date.parse('2026-11-21'));
  return { folder, dryRun: false, json: false, now: Date.parse('2026-11-22') };
}

it('lists cassettes with their ages and their last use', async () => {
  const { streams, written } = collectStreams();
  expect(await cassettes(await arrange(), streams)).toBe(0);
  expect(written.out).toBe(
    [
      'chat',
      '    2 recordings of https://api.longcat.chat, 2026-08-01 to 2026-10-30, last used 2026-11-21',
      'tools',
      '    1 recording of https://api.longcat.chat, 2026-11-20, last used never, as far as is known here',
      '',
    ].join('\n'),
  );
});

it('ends with 1 when a recording is older than it may be', async () => {
  const { streams, written } = collectStreams();
  expect(await cassettes({ ...(await arrange()), maxAge: '90d' }, streams)).toBe(1);
  expect(written.out).toContain('    too old: chat-1\n');
});

it('lists the same as JSON', async () => {
  const { streams, written } = collectStreams();
  await cassettes({ ...(await arrange()), json: true }, streams);
  expect(JSON.parse(written.out)[0]).toMatchObject({
    cassette: 'chat',
    recordings: 2,
    expired: [],
  });
});

it.each([
  [{ maxAge: '90d' }, ['chat: pruned "chat-1"']],
  [{ unusedFor: '10d' }, ['chat: pruned "chat-2"']],
  [{ maxAge: '10d', unusedFor: '10d' }, ['chat: pruned "chat-2"']],
  [{ maxAge: '1d' }, ['chat: pruned "chat-1", "chat-2"', 'tools: pruned "tools-1"']],
])('prunes by %j', async (limits, lines) => {
  const options = await arrange();
  const { streams, written } = collectStreams();
  expect(await pruneCassettes({ ...options, ...limits }, streams)).toBe(0);
  expect(written.out.trim().split('\n')).toEqual(lines);
});

it('only tells what it would prune in a dry run', async () => {
  const options = { ...(await arrange()), maxAge: '1d', dryRun: true };
  const { streams, written } = collectStreams();
  await pruneCassettes(options, streams);
  expect(written.out).toContain('would prune');
  expect(await readdir(options.folder)).toEqual(['.uses.json', 'chat.json', 'tools.json']);
});

it('removes a cassette that nothing is left of', async () => {
  const options = { ...(await arrange()), maxAge: '1d' };
  await pruneCassettes(options, collectStreams().streams);
  expect(await readdir(options.folder)).toEqual(['.uses.json']);
});

it('asks what is to be pruned, and for ages that are ages', async () => {
  const options = await arrange();
  const { streams } = collectStreams();
  await expect(pruneCassettes(options, streams)).rejects.toThrow(/--max-age 90d/);
  await expect(cassettes({ ...options, maxAge: 'old' }, streams)).rejects.toThrow(
    /"old" is no age/,
  );
});

it('says which folder it cannot read', async () => {
  const options = { ...(await arrange()), folder: '/nowhere/at/all' };
  await expect(cassettes(options, collectStreams().streams)).rejects.toThrow(
    /"\/nowhere\/at\/all"/,
  );
});

it('tells which recordings the contract has outgrown', async () => {
  const { folder, ...options } = await arrange();
  const path = join(folder, 'tools.json');
  const cassette = JSON.parse(await readFile(path, 'utf8'));
  cassette.recordings[0].response = { status: 200, headers: {}, atMs: 1, body: { id: 'a' } };
  await writeFile(path, JSON.stringify(cassette));
  const [list, json] = [collectStreams(), collectStreams()];
  await cassettes({ folder, ...options }, list.streams);
  expect(list.written.out).toMatch(/tools\n.*\n {4}does not fit the contract: "tools-1" at id: /);
  await cassettes({ folder, ...options, json: true }, json.streams);
  const [chat, tools] = JSON.parse(json.written.out);
  expect(chat.misfits).toEqual([]);
  expect(tools.misfits).toEqual([{ id: 'tools-1', breaches: expect.any(Array) }]);
  expect(tools.misfits[0].breaches).toContainEqual({ path: 'choices', message: 'Required' });
});
