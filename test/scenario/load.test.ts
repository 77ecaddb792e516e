import { mkdirSync, symlinkSync } from 'node:fs';
import { join, relative } from 'node:path';
import { expect, it } from 'vitest';
import { type LoadedFixtures, loadFixtures } from '../../src/scenario/load.ts';
import { makeFolder, oneFixture } from './folder.ts';

function listIds({ sets }: LoadedFixtures): readonly string[] {
  return sets.flatMap(({ fixtures }) => fixtures.map(({ id }) => id));
}

function showProblems({ problems }: LoadedFixtures, folder: string): readonly string[] {
  return problems.map(
    ({ file, line, column, message }) =>
      `${relative(folder, file)}:${line}:${column} ${message.replaceAll(`${folder}/`, '')}`,
  );
}

it('paths keep their order, and a folder is read by name', async () => {
  const folder = makeFolder({
    'z.yaml': oneFixture('z'),
    'all/b.yml': oneFixture('b'),
    'all/a.json': '{"version":1,"fixtures":[{"id":"a","respond":{}}]}',
    'all/deep/c.yaml': oneFixture('c'),
    'all/.hidden/d.yaml': oneFixture('d'),
    'all/fixture.schema.json': '{}',
    'all/notes.md': '# Notes',
  });
  const loaded = await loadFixtures([join(folder, 'z.yaml'), join(folder, 'all')]);

  expect(loaded.problems).toEqual([]);
  expect(listIds(loaded)).toEqual(['z', 'a', 'b', 'c']);
});

it('a file that is named twice is read once', async () => {
  const folder = makeFolder({ 'a.yaml': oneFixture('a') });
  const loaded = await loadFixtures([join(folder, 'a.yaml'), folder]);

  expect(loaded.problems).toEqual([]);
  expect(listIds(loaded)).toEqual(['a']);
});

it('without paths the *.longcat files of the default folder are read, if there is one', async () => {
  const folder = makeFolder({
    'a.longcat.yaml': oneFixture('a'),
    'b.longcat.json': '{"version":1,"fixtures":[{"id":"b","respond":{}}]}',
    'c.yaml': oneFixture('c'),
  });

  expect(listIds(await loadFixtures(undefined, { folder }))).toEqual(['a', 'b']);
  expect(await loadFixtures(undefined, { folder: join(folder, 'none') })).toEqual({
    sets: [],
    files: [],
    references: [],
    problems: [],
  });
});

it('a path that is not there, and one of two files that is bad, are told', async () => {
  const folder = makeFolder({ 'a.yaml': oneFixture('a'), 'b.yaml': 'version: 1\nfixtrues: []\n' });
  const loaded = await loadFixtures([join(folder, 'none.yaml'), folder]);

  expect(showProblems(loaded, folder)).toEqual([
    'none.yaml:1:1 There is no file or folder "none.yaml"',
    'b.yaml:2:1 Unknown key "fixtrues"',
  ]);
  expect(listIds(loaded)).toEqual(['a']);
});

it('an id that two files give is told with both places', async () => {
  const folder = makeFolder({ 'a.yaml': oneFixture('same'), 'b.yaml': oneFixture('same') });

  expect(showProblems(await loadFixtures([folder]), folder)).toEqual([
    'b.yaml:3:9 Duplicate fixture id "same": it is given at a.yaml:3:9 already',
  ]);
});

it('an id that one file gives twice is told once', async () => {
  const folder = makeFolder({
    'a.yaml': `${oneFixture('same')}  - id: same\n    respond: {}\n`,
    'b.yaml': oneFixture('other'),
  });

  expect(showProblems(await loadFixtures([folder]), folder)).toEqual([
    'a.yaml:5:9 Duplicate fixture id "same": it is given at a.yaml:3:9 already',
  ]);
});

it('a file of more than 16 MB and one that is not UTF-8 are refused', async () => {
  const folder = makeFolder({
    'a.yaml': ' '.repeat(16 * 1024 * 1024 + 1),
    'b.yaml': new Uint8Array([0xff, 0xfe]),
  });

  expect(showProblems(await loadFixtures([folder]), folder)).toEqual([
    'a.yaml:1:1 Cannot read "a.yaml": it has 17 MB, and 16 MB is the most',
    'b.yaml:1:1 Cannot read "b.yaml": it is not UTF-8',
  ]);
});

it('the text of a file stands in for its name', async () => {
  const folder = makeFolder({
    'a.yaml': `${oneFixture('a', '{ textFile: texts/long.txt }')}  - id: b
    match: { api: openai, stream: false }
    respond: [{ bodyFile: bodies/whole.json }, { bodyFile: bodies/whole.json, raw: true }]
`,
    'texts/long.txt': 'Long.\n',
    'bodies/whole.json': '{ "whole": true }',
  });
  const loaded = await loadFixtures([folder]);

  expect(loaded.problems).toEqual([]);
  expect(loaded.references).toHaveLength(2);
  expect(loaded.sets.flatMap(({ fixtures }) => fixtures.flatMap(({ steps }) => steps))).toEqual([
    { text: 'Long.\n' },
    { body: { whole: true } },
    { body: '{ "whole": true }', raw: true },
  ]);
});

it.each([
  ['../../etc/passwd', 'a path may not go up with ".."'],
  ['..\\..\\etc\\passwd', 'a path may not go up with ".."'],
  ['texts/../../a', 'a path may not go up with ".."'],
  ['/etc/passwd', 'give its path from the folder of this file'],
  ['C:\\secrets.txt', 'give its path from the folder of this file'],
  ['missing.txt', 'there is no such file'],
])('a reference to %s is refused with its place', async (reference, reason) => {
  const folder = makeFolder({ 'a.yaml': oneFixture('a', `{ textFile: '${reference}' }`) });
  const [problem] = (await loadFixtures([folder])).problems;

  expect(problem).toMatchObject({ severity: 'error', line: 4, column: 26 });
  expect(problem?.message).toBe(`Cannot read ${JSON.stringify(reference)}: ${reason}`);
});

it('a link that leads out of the folder is refused, and one that stays in it is followed', async () => {
  const folder = makeFolder({
    'secret.txt': 'secret',
    'in/a.yaml': `${oneFixture('a', '{ textFile: out.txt }')}  - id: b\n    respond: { textFile: deep/out.txt }\n`,
    'in/b.yaml': oneFixture('c', '{ textFile: near.txt }'),
    'in/near-target.txt': 'near',
  });
  const inside = join(folder, 'in');
  symlinkSync(join(folder, 'secret.txt'), join(inside, 'out.txt'));
  mkdirSync(join(folder, 'elsewhere'));
  symlinkSync(join(folder, 'elsewhere'), join(inside, 'deep'));
  symlinkSync(join(folder, 'secret.txt'), join(folder, 'elsewhere/out.txt'));
  symlinkSync('near-target.txt', join(inside, 'near.txt'));
  const loaded = await loadFixtures([inside]);

  expect(showProblems(loaded, folder)).toEqual([
    `in/a.yaml:4:26 Cannot read "out.txt": it is a link that leads out of "${inside}"`.replace(
      `${folder}/`,
      '',
    ),
    `in/a.yaml:6:26 Cannot read "deep/out.txt": it is a link that leads out of "${inside}"`.replace(
      `${folder}/`,
      '',
    ),
  ]);
  expect(loaded.sets[0]?.fixtures[0]?.steps).toEqual([{ text: 'near' }]);
});

it('a body that is no JSON is refused unless it is raw', async () => {
  const folder = makeFolder({
    'a.yaml': oneFixture('a', '{ status: 500, bodyFile: page.html }'),
    'b.yaml': oneFixture('b', '{ status: 500, bodyFile: page.html, raw: true }'),
    'page.html': '<html>',
  });

  expect(showProblems(await loadFixtures([folder]), folder)).toEqual([
    'a.yaml:4:39 "page.html" is no JSON',
  ]);
});
