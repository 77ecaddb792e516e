import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { type ImportOptions, importFixtures } from '../../src/cli/commands/import.ts';
import { rehearse } from '../../src/rehearse.ts';
import { loadFixtures } from '../../src/scenario/load.ts';
import { toArchive } from '../importing/archive.ts';
import { mappings, streamed } from '../importing/stubs.ts';
import { makeFolder } from '../scenario/folder.ts';
import { run } from './command.ts';
import { collectStreams } from './streams.ts';

const greeting = JSON.stringify({
  fixtures: [{ match: { userMessage: 'hello' }, response: { content: 'Hi.' } }],
});
const parting = JSON.stringify({
  fixtures: [
    { match: { userMessage: 'bye' }, response: { content: 'Bye.' } },
    { match: { inputText: 'a' }, response: { embedding: [1] } },
  ],
});

type Given = Partial<ImportOptions> & Pick<ImportOptions, 'kind' | 'path'>;

async function runImport(given: Given) {
  const { streams, written } = collectStreams();
  const defaults = { dryRun: false, force: false, timing: false, checkStep: rehearse };
  const code = await importFixtures({ ...defaults, ...given }, streams);
  return { code, ...written };
}

it('all carried over is exit 0, and the file that is written loads', async () => {
  const folder = makeFolder({ 'in/greeting.json': greeting });
  const output = join(folder, 'out');
  const { code, out, err } = await runImport({ kind: 'aimock', path: join(folder, 'in'), output });

  const path = join(output, 'greeting.longcat.yaml');
  expect({ code, out, err }).toEqual({
    code: 0,
    out: `Wrote ${path}: 1 fixture.\n`,
    err: '1 fixture made; nothing was left.\n',
  });
  expect((await loadFixtures([output])).problems).toEqual([]);
  expect(readFileSync(path, 'utf8')).toBe(
    `version: 1
description: Imported by "longcat-mock import aimock" from greeting.json.
fixtures:
  - id: greeting.1
    match:
      messages:
        lastUser:
          contains: hello
    respond:
      text: Hi.
`,
  );
});

it('something left is exit 1, and it is named with its file, its place and the reason', async () => {
  const folder = makeFolder({ 'parting.json': parting });
  const path = join(folder, 'parting.json');
  const { code, err } = await runImport({ kind: 'aimock', path, output: folder });

  expect(code).toBe(1);
  expect(err).toBe(
    `${path}: fixture 2: not carried over: the whole fixture: it answers embeddings, which LongCat does not have.\n` +
      '1 fixture made; 1 thing left, named above.\n',
  );
});

it('nothing at all is exit 1, and no file', async () => {
  const folder = makeFolder({ 'in/config.json': '{}' });
  const output = join(folder, 'out');
  const { code, err } = await runImport({ kind: 'aimock', path: join(folder, 'in'), output });

  expect(code).toBe(1);
  expect(err).toContain('Nothing was written: no fixture came of it.\n');
  expect(existsSync(output)).toBe(false);
});

it('a folder becomes as many files, in whose order the first answers', async () => {
  const folder = makeFolder({ 'in/b.json': greeting, 'in/a/c.json': parting });
  const output = join(folder, 'out');
  await runImport({ kind: 'aimock', path: join(folder, 'in'), output });

  expect(readdirSync(output).toSorted()).toEqual(['b.longcat.yaml', 'c.longcat.yaml']);
  const { sets, problems } = await loadFixtures([output]);
  expect(problems).toEqual([]);
  expect(
    sets.flatMap(({ fixtures }) => fixtures).map(({ id, priority }) => [id, priority]),
  ).toEqual([
    ['b.1', 10],
    ['c.1', 11],
  ]);
});

it('files of one name in several folders get names of their own', async () => {
  const folder = makeFolder({ 'in/a/same.json': greeting, 'in/b/same.json': parting });
  const output = join(folder, 'out');
  await runImport({ kind: 'aimock', path: join(folder, 'in'), output });

  expect(readdirSync(output).toSorted()).toEqual(['same-2.longcat.yaml', 'same.longcat.yaml']);
  expect((await loadFixtures([output])).problems).toEqual([]);
});

it('an output that is a file holds everything, in the form of its name', async () => {
  const folder = makeFolder({ 'in/b.json': greeting, 'in/a/c.json': parting });
  const output = join(folder, 'all.json');
  await runImport({ kind: 'aimock', path: join(folder, 'in'), output });

  const { fixtures } = JSON.parse(readFileSync(output, 'utf8'));
  expect(fixtures.map(({ id }: { id: string }) => id)).toEqual(['all.1', 'all.2']);
});

it('a file that is there stays, unless it may be written over', async () => {
  const folder = makeFolder({ 'in/greeting.json': greeting, 'greeting.longcat.yaml': 'mine' });
  const given = { kind: 'aimock', path: join(folder, 'in'), output: folder } as const;
  const path = join(folder, 'greeting.longcat.yaml');

  const { code, err } = await runImport(given);
  expect(code).toBe(2);
  expect(err).toContain(`"${path}" is there already.\n`);
  expect(err).toContain('--force');
  expect(readFileSync(path, 'utf8')).toBe('mine');

  expect((await runImport({ ...given, force: true })).code).toBe(0);
  expect(readFileSync(path, 'utf8')).toContain('greeting.1');
  expect(readdirSync(folder).toSorted()).toEqual(['greeting.longcat.yaml', 'in']);
});

it('a dry run prints the fixtures and writes nothing', async () => {
  const folder = makeFolder({ 'greeting.json': greeting });
  const given = { kind: 'aimock', path: folder, output: join(folder, 'out') } as const;
  const { code, out, err } = await runImport({ ...given, dryRun: true, format: 'json' });

  expect(code).toBe(0);
  expect(err).toContain(`Would write ${join(folder, 'out/greeting.longcat.json')}: 1 fixture.\n`);
  expect(JSON.parse(out)).toMatchObject({ fixtures: [{ id: 'greeting.1' }] });
  expect(readdirSync(folder)).toEqual(['greeting.json']);
});

it('a root of WireMock is read with its body files, and none from elsewhere', async () => {
  const stub = (bodyFileName: string) => ({
    request: { urlPath: '/v1/messages' },
    response: { bodyFileName },
  });
  const folder = makeFolder({
    'mappings/all.json': JSON.stringify({ mappings }),
    'mappings/deep/one.json': JSON.stringify(stub('../secret.txt')),
    '__files/pieces.txt': streamed,
    '__files/no-stub.json': '{}',
    'secret.txt': 'no',
  });
  const output = join(folder, 'out.yaml');
  const { code, err } = await runImport({ kind: 'wiremock', path: folder, output });

  expect(code).toBe(1);
  expect(err).toContain('its file "../secret.txt": a path may not go up with "..".');
  expect(err).toContain(`${mappings.length} fixtures made; 1 thing left, named above.\n`);
  expect((await loadFixtures([output])).problems).toEqual([]);
});

it('scenarios of WireMock become files that select them', async () => {
  const stub = (scenarioName: string) => ({
    scenarioName,
    newScenarioState: 'next',
    request: { urlPath: '/v1/messages' },
    response: { status: 500, body: 'no' },
  });
  const stubs = JSON.stringify({ mappings: [stub('To do'), stub('cart')] });
  const folder = makeFolder({ 'stubs.json': stubs });
  const output = join(folder, 'out');
  const { code } = await runImport({ kind: 'wiremock', path: join(folder, 'stubs.json'), output });

  expect(code).toBe(0);
  const { sets } = await loadFixtures([output]);
  expect(sets.map(({ scenario }) => scenario)).toEqual(['To-do', 'cart']);
});

it.each([
  ['har', 'nothing.har', 'There is no file or folder "'],
  ['har', 'empty', 'There is no file for "import har" in "'],
  ['har', 'some.json', 'is no HTTP archive (HAR)'],
] as const)('import %s of %s is exit 2', async (kind, name, message) => {
  const folder = makeFolder({ 'some.json': '{}', 'empty/a.txt': '' });
  const { code, err } = await runImport({ kind, path: join(folder, name) });

  expect(code).toBe(2);
  expect(err).toContain(message);
});

it('where nothing can be written, nothing is left behind', async () => {
  const folder = makeFolder({ 'in/greeting.json': greeting, 'out/greeting.longcat.yaml/a': '' });
  const given = { kind: 'aimock', path: join(folder, 'in'), output: join(folder, 'out') } as const;

  await expect(runImport({ ...given, force: true })).rejects.toThrow(/^Cannot write "/);
  expect(readdirSync(join(folder, 'out'))).toEqual(['greeting.longcat.yaml']);
});

it('no escape sequence of an imported file reaches the terminal', async () => {
  const name = '\u001b[2Jodd';
  const folder = makeFolder({
    'a.json': JSON.stringify({ name, request: {}, response: { fault: name } }),
  });
  const { err } = await runImport({ kind: 'wiremock', path: folder });

  expect(err).toContain('\\u001b[2Jodd');
  expect(err).not.toContain('\u001b');
});

it('the command itself writes what the loader takes', async () => {
  const text = JSON.stringify({
    choices: [{ message: { content: 'Hi.' }, finish_reason: 'stop' }],
  });
  const response = { status: 200, headers: { 'content-type': 'application/json' }, text };
  const body = { model: 'LongCat-2.0', messages: [{ role: 'user', content: 'Hello!' }] };
  const archive = toArchive([{ path: '/v1/chat/completions', body, response }]);
  const folder = makeFolder({ 'a.har': JSON.stringify(archive) });
  const output = join(folder, 'a.longcat.yaml');

  const imported = await run(['import', 'har', join(folder, 'a.har'), '--output', output]);
  expect(imported).toMatchObject({ code: 0, stdout: `Wrote ${output}: 1 fixture.\n` });
  expect(await run(['validate', output])).toMatchObject({ code: 0 });
  expect(await run(['import', 'postman', output])).toMatchObject({ code: 2 });
});
