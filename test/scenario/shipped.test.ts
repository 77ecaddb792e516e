import { pathToFileURL } from 'node:url';
import { expect, it } from 'vitest';
import { readLibrary } from '../../src/scenario/library.ts';
import { loadFixtures } from '../../src/scenario/load.ts';
import { listShipped, loadShipped, renderBuilt } from '../../src/scenario/shipped.ts';
import { makeFolder } from './folder.ts';

const limited = `version: 1
scenario: limited
description: The first call is limited.
provenance: documented
source: LongCat docs, Over-limit handling
rateLimits: [{ id: slow, requestsPerMinute: 1, match: { model: { matches: 'Long.*' } } }]
fixtures:
  - id: limited.first
    match: { model: { contains: LongCat } }
    respond: [{ error: { name: rate_limit_exceeded, retryAfterMs: 5 } }, { textFile: hello.txt }]
`;
const slow = `version: 1
scenario: slow
description: The answer is late.
provenance: assumed
source: By analogy
fixtures: [{ id: slow.answer, respond: { delay: 100 } }]
`;
const files = { 'limited.yaml': limited, 'slow.yaml': slow, 'hello.txt': 'Hello!' };

function toUrl(folder: string): URL {
  return pathToFileURL(`${folder}/`);
}

/** The same library as the project has it, and as the build writes it. */
async function makeLibraries() {
  const source = makeFolder(files);
  const { files: parsed, problems } = await loadFixtures([source]);
  const built = makeFolder(Object.fromEntries(renderBuilt(readLibrary(parsed, problems).entries)));
  return [
    { folder: toUrl(source), built: false },
    { folder: toUrl(built), built: true },
  ];
}

it('the library is listed with what is known of each scenario', async () => {
  for (const place of await makeLibraries()) {
    expect(await listShipped(place)).toEqual([
      {
        name: 'limited',
        description: 'The first call is limited.',
        provenance: 'documented',
        source: 'LongCat docs, Over-limit handling',
      },
      {
        name: 'slow',
        description: 'The answer is late.',
        provenance: 'assumed',
        source: 'By analogy',
      },
    ]);
  }
});

it('a scenario is the same from its YAML and from what the build made of it', async () => {
  const [source, built] = await Promise.all(
    (await makeLibraries()).map((place) => loadShipped('limited', place)),
  );

  expect(JSON.stringify(built)).toBe(JSON.stringify(source));
  expect(built?.fixtures[0]).toMatchObject({
    id: 'limited.first',
    scenario: 'limited',
    place: { line: 8, column: 5 },
    steps: [{ error: { name: 'rate_limit_exceeded', retryAfterMs: 5 } }, { text: 'Hello!' }],
  });
  expect(built?.fixtures[0]?.conditions.map(({ expected }) => expected)).toEqual([
    'contains "LongCat"',
  ]);
});

it.each([
  'none',
  'index',
  '../limited',
  '__proto__',
  '',
])('there is no scenario %j', async (name) => {
  for (const place of await makeLibraries()) {
    expect(await loadShipped(name, place)).toBeUndefined();
  }
});

it('a file of the library says what it is and is named after its scenario', async () => {
  const folder = makeFolder({ 'one.yaml': 'version: 1\nscenario: other\ndescription: It is.\n' });
  const { files: parsed, problems } = await loadFixtures([folder]);

  expect(readLibrary(parsed, problems).problems.map(({ message }) => message)).toEqual([
    'The scenario of this file has to be "one"',
    'A shipped scenario needs "provenance"',
    'A shipped scenario needs "source"',
  ]);
});

it('a library with a mistake is not loaded', async () => {
  const place = {
    folder: toUrl(makeFolder({ ...files, 'bad.yaml': 'version: 2\n' })),
    built: false,
  };

  await expect(listShipped(place)).rejects.toThrow(/bad\.yaml:1:10: error: Invalid version 2/);
});

it('the shipped scenarios have no problems', async () => {
  for (const { name } of await listShipped()) {
    expect((await loadShipped(name))?.scenario).toBe(name);
  }
});
