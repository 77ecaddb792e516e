import { expect, it } from 'vitest';
import { parseFixtures } from '../../src/scenario/parse.ts';

const head = 'version: 1\nfixtures:\n  - id: a\n';

async function listProblems(text: string): Promise<readonly string[]> {
  const { problems, set } = await parseFixtures(text, { file: 'f.yaml' });
  expect(set === undefined).toBe(problems.some(({ severity }) => severity === 'error'));
  return problems.map(
    ({ line, column, message, fix }) => `${line}:${column} ${message}${fix ? ` | ${fix}` : ''}`,
  );
}

it('a good file is compiled, each fixture with its place', async () => {
  const text = `version: 1
scenario: limits
description: Two answers.
rateLimits: [{ id: slow, requestsPerMinute: 2 }]
fixtures:
  - id: one
    match: { model: LongCat-2.0, stream: true }
    respond: { text: Hello! }
  - id: two
    priority: 1
    respond: [{ error: internal_error }, {}]
`;
  const { set, problems } = await parseFixtures(text, { file: 'f.yaml' });

  expect(problems).toEqual([]);
  expect(set).toMatchObject({
    scenario: 'limits',
    description: 'Two answers.',
    limits: [{ id: 'slow', requestsPerMinute: 2 }],
    fixtures: [
      {
        id: 'one',
        priority: 5,
        stream: true,
        scenario: 'limits',
        place: { file: 'f.yaml', line: 6, column: 5 },
      },
      { id: 'two', priority: 1, place: { line: 9, column: 5 } },
    ],
  });
  expect(set?.fixtures[1]?.steps).toEqual([{ error: 'internal_error' }, {}]);
});

it('JSON is read with places too', async () => {
  expect(await listProblems('{\n  "version": 1,\n  "fixturs": []\n}')).toEqual([
    '3:3 Unknown key "fixturs" | Did you mean "fixtures"?',
  ]);
});

it.each([
  ['', '1:1 The file is empty | Begin it with "version: 1".'],
  ['just text', '1:1 The file holds "just text": expected an object'],
  ['version: 2', '1:10 Invalid version 2: expected 1'],
  ['fixtures: []', '1:1 "version" is missing: expected 1'],
  [
    `${head}    match: { modle: x }\n    respond: {}`,
    '4:14 Unknown key "modle" | Did you mean "model"?',
  ],
  [
    `${head}    respond: { error: { name: internal_error, retry-after: 1 } }`,
    '4:47 Unknown key "retry-after" | Did you mean "retryAfter"?',
  ],
  [
    `${head}    respond: { error: { name: internal_error, zzzzz: 1 } }`,
    /^4:47 Unknown key "zzzzz" \| Known here are name, message,/,
  ],
  [`${head}    respond: 5`, '4:14 Invalid respond 5: expected an object or a list'],
  [`${head}    respond:`, '4:5 Invalid respond null: expected an object or a list'],
  [`${head}`, '3:5 "respond" is missing: expected an object or a list'],
  [`${head}    respond: []`, '4:14 Invalid respond []: expected a list that is not empty'],
  [`${head}    respond: { times: 0 }`, '4:23 Invalid times 0: expected 1 or more'],
  [`${head}    respond: { status: 999 }`, '4:24 Invalid status 999: expected 599 or less'],
  [
    `${head}    respond: { usage: { input: .inf } }`,
    '4:32 Infinity is no number that JSON can hold | Write a finite number.',
  ],
  [`${head}    respond: { usage: { input: a } }`, '4:32 Invalid input "a": expected a number'],
  [
    `${head}    respond: { error: rate_limit_exceded }`,
    '4:23 Invalid error "rate_limit_exceded" | Did you mean "rate_limit_exceeded"?',
  ],
  [`${head}    respond: { error: 5 }`, '4:23 Invalid error 5: expected a name or an object'],
  [
    `${head}    respond: { delay: { type: lognormal, median: 5 } }`,
    '4:23 "sigma" is missing: expected a number',
  ],
  [
    `${head}    respond: { delay: { type: steady } }`,
    '4:31 Invalid type "steady": expected lognormal or uniform',
  ],
  [
    `${head}    respond: { delay: { median: 5 } }`,
    '4:23 "type" is missing: expected lognormal or uniform',
  ],
  [
    `${head}    respond: { stream: { chunks: [a, ''] } }`,
    '4:38 Invalid chunks[1] "": expected a text that is not empty',
  ],
  [
    `${head}    match: { model: { matches: '(?=a)' } }\n    respond: {}`,
    /^4:32 Invalid matches "\(\?=a\)": .*without lookahead, lookbehind and backreferences$/,
  ],
  [
    `${head}    match: { model: {} }\n    respond: {}`,
    '4:21 Invalid model {}: expected equals, contains, matches or absent',
  ],
  [
    `${head}    match: { body: [{ path: a.b, exists: true }] }\n    respond: {}`,
    '4:29 Invalid path "a.b": expected a JSONPath that begins with $',
  ],
  [
    `${head}    respond: {}\n  - id: a\n    respond: {}`,
    '5:9 Duplicate fixture id "a": it is given at f.yaml:3:9 already | Rename one of the two.',
  ],
  [
    `${head}    respond: { textFile: a.txt }`,
    '4:26 "a.txt" cannot be read: these fixtures stand in no folder',
  ],
])('%j is refused', async (text, problem) => {
  const problems = await listProblems(text);

  expect(problems[0]).toEqual(
    typeof problem === 'string' ? problem : expect.stringMatching(problem),
  );
});

it.each([
  [
    'a list without end',
    'fixtures: [',
    '1:12 Not valid YAML: Flow sequence in block collection must be sufficiently indented and end with a ]',
  ],
  ['a tab as indentation', 'version: 1\n\tfixtures: []', /^2:1 Not valid YAML: /],
  ['a key twice', 'version: 1\nversion: 1', '2:1 Duplicate key "version" | Keep one of the two.'],
  [
    'two documents',
    'version: 1\n---\nversion: 1',
    '2:1 The file holds more than one YAML document | Put each into a file of its own.',
  ],
  [
    'a tag',
    'version: 1\nsource: !run x',
    '2:9 Unresolved tag: !run | Fixtures have no tags: remove it.',
  ],
  [
    'an unknown alias',
    'version: 1\nfixtures: *all',
    '2:11 Unknown alias "*all" | Mark a value above it with "&all".',
  ],
  [
    'an alias inside of itself',
    'version: 1\nfixtures: &all [*all]',
    '2:17 The alias "*all" stands inside of what it names | Write the value out.',
  ],
  ['a list as a key', 'version: 1\n? [a]\n: 1', '2:3 A key has to be a text'],
  [
    'brackets without end',
    '['.repeat(50_000),
    '1:101 Nested deeper than 100 levels | Write it flatter, or as a text.',
  ],
  ['dashes without end', '- '.repeat(20_000), /Nested deeper than 100 levels/],
])('%s is refused with its place', async (_, text, problem) => {
  const [first] = await listProblems(text);

  expect(first).toEqual(typeof problem === 'string' ? problem : expect.stringMatching(problem));
});

it('aliases that multiply are refused at the one that is too much', async () => {
  const lines = ['l0: &l0 [x, x, x, x, x, x, x, x, x, x]'];
  for (let level = 1; level < 9; level += 1) {
    const aliases = Array.from({ length: 10 }, () => `*l${level - 1}`).join(', ');
    lines.push(`l${level}: &l${level} [${aliases}]`);
  }

  expect(await listProblems(lines.join('\n'))).toEqual([
    '5:45 The aliases up to "*l3" stand for more than 100000 values | Write the values out.',
  ]);
});

it('aliases within reason are read', async () => {
  const text = `version: 1
fixtures:
  - { id: a, match: &any { model: LongCat-2.0 }, respond: {} }
  - { id: b, match: *any, respond: {} }
`;
  const { set } = await parseFixtures(text, { file: 'f.yaml' });

  expect(set?.fixtures.map(({ conditions }) => conditions.length)).toEqual([1, 1]);
});

it('a key such as __proto__ or constructor is unknown as any other', async () => {
  const text = `version: 1
__proto__: { polluted: true }
constructor: 1
fixtures:
  - id: a
    respond: { headers: { __proto__: x } }
`;
  const problems = await listProblems(text);

  expect(problems.map((problem) => problem.replace(/ \|.*/, ''))).toEqual([
    '2:1 Unknown key "__proto__"',
    '3:1 Unknown key "constructor"',
    '6:27 Unknown key "__proto__"',
  ]);
  expect('polluted' in {}).toBe(false);
});

it('all problems of a file are told at once, in the order of its lines', async () => {
  const text = `version: 1
fixtures:
  - id: a
    match: { turnIndex: -1 }
    respond: { textt: hi, text: hi, error: internal_error }
  - id: a
    respond: { raw: true }
  - respond: {}
`;

  expect(await listProblems(text)).toEqual([
    '4:25 Invalid turnIndex -1: expected 0 or more',
    '5:16 Unknown key "textt" | Did you mean "text"?',
    '6:9 Duplicate fixture id "a": it is given at f.yaml:3:9 already | Rename one of the two.',
    '7:16 "raw" without a body | Add "body" or "bodyFile", or remove "raw".',
    '8:5 "id" is missing: expected a text',
  ]);
});

it('one fixture with a typo and a contradiction has both told', async () => {
  expect(
    await listProblems(`${head}    respond: { textt: hi, text: hi, error: internal_error }`),
  ).toEqual([
    '4:16 Unknown key "textt" | Did you mean "text"?',
    '4:27 "text" cannot stand beside "error": an error is the whole answer | Keep one of the two.',
  ]);
});
