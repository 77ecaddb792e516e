import { expect, it } from 'vitest';
import { createLongCatMock, type LongCatMock } from '../../src/index.ts';
import { ask } from '../ask.ts';
import { script } from '../script.ts';
import { as, call, refuse, textFixture } from './admin.ts';

async function say(mock: LongCatMock, session?: string, content = 'Hello!'): Promise<string> {
  const headers = session === undefined ? {} : as(session);
  const response = await ask({ messages: [{ role: 'user', content }] }, { mock, headers });
  const body = await response.json();
  return response.ok ? body.choices[0].message.content : body.error.code;
}

it('a fixture that is added answers everyone', async () => {
  const mock = createLongCatMock();
  const { status, body } = await call(mock, 'addFixtures', { body: textFixture('hi', 'Hi.') });

  expect(status).toBe(201);
  expect(body).toEqual({ fixtures: ['hi'], rateLimits: [], warnings: [] });
  expect([await say(mock), await say(mock, 'w1')]).toEqual(['Hi.', 'Hi.']);
});

it('several are added in one call, the last of equals first', async () => {
  const mock = createLongCatMock();
  await call(mock, 'addFixtures', { body: [textFixture('a', 'A'), textFixture('b', 'B')] });

  expect(await say(mock)).toBe('B');
});

it('a session’s fixtures are invisible to others', async () => {
  const mock = createLongCatMock();
  script(mock, [{ id: 'all', respond: { text: 'All.' } }]);
  await call(mock, 'addFixtures', { body: textFixture('own', 'Own.'), query: { session: 'w1' } });
  const everyone = await call(mock, 'listFixtures');
  const own = await call(mock, 'listFixtures', { query: { session: 'w1' } });

  expect([await say(mock, 'w1'), await say(mock, 'w2'), await say(mock)]).toEqual([
    'Own.',
    'All.',
    'All.',
  ]);
  expect(everyone.body.fixtures.map(({ id }) => id)).toEqual(['all']);
  expect(own.body.fixtures.map(({ id, from }) => [id, from])).toEqual([
    ['own', 'session'],
    ['all', 'file'],
  ]);
});

const yaml = { 'content-type': 'application/yaml' };

it('a fixture file is imported as the YAML that it is', async () => {
  const mock = createLongCatMock();
  const body = 'version: 1\nfixtures:\n  - id: hi\n    respond: { text: Hi. }\n';
  const { status } = await call(mock, 'importFixtures', {
    body,
    headers: yaml,
    query: { session: 'w1' },
  });

  expect(status).toBe(201);
  expect(await say(mock, 'w1')).toBe('Hi.');
});

it('what is no YAML is refused with its line', async () => {
  const body = 'version: 1\nversion: 1\nfixtures: []\n';
  const { status, message } = await refuse(createLongCatMock(), 'importFixtures', {
    body,
    headers: yaml,
  });

  expect(status).toBe(400);
  expect(message).toBe(
    'Line 2, column 1 of the body: Duplicate key "version". Keep one of the two.',
  );
});

it.each([
  ['a bomb of aliases', bomb()],
  ['a deep nest', `version: ${'['.repeat(5000)}`],
])('%s in YAML is refused', async (_, body) => {
  const { status } = await refuse(createLongCatMock(), 'importFixtures', { body, headers: yaml });

  expect(status).toBe(400);
});

function bomb(): string {
  const lists = Array.from(
    { length: 30 },
    (_, at) => `a${at + 1}: &a${at + 1} [${`*a${at}, `.repeat(10)}]`,
  );
  return ['a0: &a0 [x]', ...lists].join('\n');
}

it('a session changes a fixture of everyone for itself alone', async () => {
  const mock = createLongCatMock();
  script(mock, [{ id: 'greet', respond: { text: 'All.' } }]);
  const own = { match: { model: 'other' }, respond: { text: 'Own.' } };
  const { status } = await call(mock, 'putFixture', {
    id: 'greet',
    query: { session: 'w1' },
    body: own,
  });

  expect(status).toBe(200);
  // Its own does not match, and the one that it replaced is gone for it.
  expect([await say(mock, 'w1'), await say(mock, 'w2')]).toEqual(['no_fixture_matched', 'All.']);
});

it('a session deletes a fixture of everyone for itself alone, and gets it back', async () => {
  const mock = createLongCatMock();
  script(mock, [
    { id: 'low', priority: 9, respond: { text: 'Low.' } },
    { id: 'high', respond: { text: 'High.' } },
  ]);
  const query = { session: 'w1' };
  await call(mock, 'deleteFixture', { id: 'high', query });
  const deleted = [await say(mock, 'w1'), await say(mock, 'w2')];
  const gone = await refuse(mock, 'getFixture', { id: 'high', query });
  await call(mock, 'resetFixtures', { query });

  expect(deleted).toEqual(['Low.', 'High.']);
  expect(gone.status).toBe(404);
  expect(await say(mock, 'w1')).toBe('High.');
});

it('PUT replaces a fixture, adds one, and keeps its scenario', async () => {
  const mock = createLongCatMock();
  script(mock, [{ id: 'one', respond: { text: 'One.' } }], { scenario: 'some' });
  const replaced = await call(mock, 'putFixture', { id: 'one', body: { respond: { text: '1' } } });
  const added = await call(mock, 'putFixture', { id: 'two', body: { respond: { text: '2' } } });
  const { body } = await call(mock, 'getFixture', { id: 'one' });

  expect([replaced.status, added.status]).toEqual([200, 201]);
  expect(body).toMatchObject({ scenario: 'some', respond: [{ text: '1' }] });
  expect(await say(mock)).toBe('2');
});

it('changes outlive a reading of the files, and end with a reset', async () => {
  const mock = createLongCatMock();
  script(mock, [
    { id: 'one', respond: { text: 'One.' } },
    { id: 'two', priority: 6, respond: { text: 'Two.' } },
  ]);
  await call(mock, 'deleteFixture', { id: 'one' });
  await call(mock, 'addFixtures', {
    body: textFixture('hey', 'Hey.', { messages: { last: { text: 'hey' } } }),
  });
  script(mock, [
    { id: 'one', respond: { text: 'One again.' } },
    { id: 'two', priority: 6, respond: { text: 'Two again.' } },
  ]);
  const changed = [await say(mock), await say(mock, undefined, 'hey')];
  const { body } = await call(mock, 'resetFixtures');

  expect(changed).toEqual(['Two again.', 'Hey.']);
  expect(body.fixtures.map(({ id }) => id)).toEqual(['one', 'two']);
  expect(await say(mock, undefined, 'hey')).toBe('One again.');
});

it('an import brings a scenario and its limits', async () => {
  const mock = createLongCatMock();
  const file = {
    version: 1,
    scenario: 'busy',
    rateLimits: [{ id: 'tight', requestsPerMinute: 1 }],
    fixtures: [{ id: 'busy.answer', respond: { text: 'Busy.' } }],
  };
  const { body } = await call(mock, 'importFixtures', { body: file });
  const headers = { 'x-longcat-mock-scenario': 'busy' };
  const statuses = [await ask({}, { mock, headers }), await ask({}, { mock, headers })];

  expect(body).toMatchObject({
    fixtures: ['busy.answer'],
    rateLimits: ['tight'],
    scenario: 'busy',
  });
  expect(statuses.map(({ status }) => status)).toEqual([200, 429]);
});

it('fixtures are counted as they answer, and listed while they have not', async () => {
  const mock = createLongCatMock();
  script(mock, [
    { id: 'used', respond: { text: 'Used.' } },
    { id: 'never', match: { model: 'none' }, respond: {} },
  ]);
  await say(mock);
  await say(mock, 'w1');
  await call(mock, 'deleteRequests', { query: { force: 'true' } });
  const { body } = await call(mock, 'listFixtures');
  const unused = await call(mock, 'listUnusedFixtures');

  expect(body.fixtures.map(({ id, used }) => [id, used])).toEqual([
    ['used', 2],
    ['never', 0],
  ]);
  expect(unused.body.fixtures.map(({ id }) => id)).toEqual(['never']);
});

it('what a session’s own fixture answers is not counted for the one of everyone', async () => {
  const mock = createLongCatMock();
  script(mock, [{ id: 'greet', respond: {} }]);
  const query = { session: 'w1' };
  await call(mock, 'putFixture', { id: 'greet', query, body: { respond: { text: 'Own.' } } });
  await say(mock, 'w1');
  const [all, own] = [
    await call(mock, 'getFixture', { id: 'greet' }),
    await call(mock, 'getFixture', { id: 'greet', query }),
  ];

  expect([all.body.used, own.body.used]).toEqual([0, 1]);
});

it('every problem of every fixture is told at once, by its path in the body', async () => {
  const mock = createLongCatMock();
  const {
    status,
    code,
    problems = [],
  } = await refuse(mock, 'addFixtures', {
    body: [
      { id: 'a', respond: { txt: 'typo' } },
      { id: 'b', match: { model: { matches: '(?=a)' } }, respond: {} },
      { id: 'c', respond: { text: 'x', error: 'internal_error' } },
      { id: 'd', respond: { textFile: '../../etc/passwd' } },
    ],
  });

  expect([status, code]).toEqual([422, 'invalid_fixtures']);
  expect(problems.map(({ path }) => path)).toEqual([
    '[0].respond.txt',
    '[1].match.model.matches',
    expect.stringMatching(/^\[2\]\.respond/),
    '[3].respond.textFile',
  ]);
  expect((await call(mock, 'listFixtures')).body.fixtures).toEqual([]);
});

it('an answer that LongCat could not have sent is refused', async () => {
  const { status, problems } = await refuse(createLongCatMock(), 'addFixtures', {
    body: {
      id: 'a',
      match: { api: 'openai', stream: false },
      respond: { body: { nonsense: true } },
    },
  });

  expect(status).toBe(422);
  expect(problems?.[0]).toMatchObject({ path: expect.stringMatching(/^respond/) });
  expect(problems?.[0]?.message).toMatch(/^Impossible answer: /);
});

it('an id that is given twice is told by its path', async () => {
  const { problems } = await refuse(createLongCatMock(), 'addFixtures', {
    body: [textFixture('a', 'x'), textFixture('a', 'y')],
  });

  expect(problems?.[0]).toMatchObject({
    path: '[1].id',
    message: 'Duplicate fixture id "a": it is given at [0].id already',
  });
});

it('an id that is taken is refused, for everyone and not for a session', async () => {
  const mock = createLongCatMock();
  const body = textFixture('a', 'x');
  await call(mock, 'addFixtures', { body });
  const { status, message } = await refuse(mock, 'addFixtures', { body });

  expect(status).toBe(409);
  expect(message).toContain('fixture "a"');
  expect((await call(mock, 'addFixtures', { body, query: { session: 'w1' } })).status).toBe(201);
  expect((await call(mock, 'addFixtures', { body, query: { session: 'w1' } })).status).toBe(201);
  expect(
    (await call(mock, 'listFixtures', { query: { session: 'w1' } })).body.fixtures,
  ).toHaveLength(1);
});

it('an unknown fixture is refused with the nearest', async () => {
  const mock = createLongCatMock();
  await call(mock, 'addFixtures', { body: textFixture('greeting', 'x') });

  expect(await refuse(mock, 'getFixture', { id: 'greetng' })).toMatchObject({
    status: 404,
    message: 'There is no fixture "greetng". Did you mean "greeting"?',
  });
});

it.each([
  ['hostile keys', '{"id":"a","respond":{"__proto__":{"text":"x"}}}'],
  ['no JSON', '{'],
  ['a text', '"x"'],
])('a body with %s is refused', async (_, body) => {
  const mock = createLongCatMock();
  const { status } = await refuse(mock, 'addFixtures', { body });

  expect([400, 422]).toContain(status);
  expect(Object.hasOwn(Object.prototype, 'text')).toBe(false);
});

it.each([65, 100_000])('a body that nests %i levels deep is refused', async (levels) => {
  const { status, message } = await refuse(createLongCatMock(), 'addFixtures', {
    body: `${'['.repeat(levels)}${']'.repeat(levels)}`,
  });

  expect([status, message]).toEqual([400, 'The body nests deeper than 64 levels.']);
});

it('scenarios are listed with their state in a session, which can be set', async () => {
  const mock = createLongCatMock();
  const query = { session: 'w1' };
  script(
    mock,
    [
      { id: 'one', state: { requires: 'Started', sets: 'Second' }, respond: { text: 'One.' } },
      { id: 'two', state: { requires: 'Second' }, respond: { text: 'Two.' } },
    ],
    { scenario: 'steps' },
  );
  const find = async () => {
    const { body } = await call(mock, 'listScenarios', { query });
    return body.scenarios.find(({ name }) => name === 'steps');
  };
  const first = await find();
  await call(mock, 'setScenarioState', { id: 'steps', query, body: { state: 'Second' } });
  const headers = { ...as('w1'), 'x-longcat-mock-scenario': 'steps' };
  const answer = await (await ask({}, { mock, headers })).json();

  expect(first).toMatchObject({ from: 'own', states: ['Started', 'Second'], state: 'Started' });
  expect(answer.choices[0].message.content).toBe('Two.');
  expect((await find())?.state).toBe('Second');
  await call(mock, 'resetScenarios', { query });
  expect((await find())?.state).toBe('Started');
});

it('shipped scenarios are listed too', async () => {
  const { body } = await call(createLongCatMock(), 'listScenarios');
  const { from, description, provenance } =
    body.scenarios.find(({ name }) => name === 'rate-limit') ?? {};

  expect(from).toBe('shipped');
  expect(description).toBeTruthy();
  expect(provenance).toBeTruthy();
});

it('an unknown scenario or state is refused with the known ones', async () => {
  const mock = createLongCatMock();
  script(mock, [{ id: 'a', state: { sets: 'Next' }, respond: {} }], { scenario: 'steps' });

  expect(await refuse(mock, 'setScenarioState', { id: 'step', body: {} })).toMatchObject({
    status: 404,
    message: 'There is no scenario "step". Did you mean "steps"?',
  });
  expect(
    await refuse(mock, 'setScenarioState', { id: 'steps', body: { state: 'next' } }),
  ).toMatchObject({ status: 422, message: expect.stringContaining('it has Started, Next') });
});
