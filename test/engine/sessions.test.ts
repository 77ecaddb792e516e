import { expect, it } from 'vitest';
import { createManualTimekeeper } from '../../src/engine/clock.ts';
import { createSessions } from '../../src/engine/session.ts';
import { createLongCatMock, frozenClock } from '../../src/index.ts';
import { compileFile } from '../../src/scenario/compile.ts';
import { FixtureFile, type FixtureInput } from '../../src/scenario/schema.ts';
import { createLayer } from '../../src/scenario/shelf.ts';
import { ask } from '../ask.ts';
import { script } from '../script.ts';

const minuteMs = 60_000;

function create({ mostSessions = 3 } = {}) {
  const clock = createManualTimekeeper(0);
  const dropped: string[] = [];
  const sessions = createSessions({ clock, onDrop: (name) => dropped.push(name), mostSessions });
  return { clock, sessions, dropped, names: () => sessions.list().map(({ name }) => name) };
}

function layer(fixtures: readonly FixtureInput[]) {
  const content = FixtureFile.parse({ version: 1, fixtures });
  return createLayer([compileFile({ file: 'override', content, places: [] })]);
}

it('a session is made when it is first named, and kept', () => {
  const { sessions, names } = create();
  const first = sessions.open('a');

  expect(first).toMatchObject({ name: 'a', hasHistory: false });
  expect(names()).toEqual(['a']);
  expect(sessions.find('b')).toBeUndefined();
  sessions.change('b', { seed: 'x' });
  expect(sessions.open('b')).toMatchObject({ name: 'b', seed: 'x' });
});

it('of too many sessions the one least recently used goes, and its state with it', () => {
  const { sessions, names, dropped } = create();
  for (const name of ['a', 'b', 'c', 'a', 'd']) sessions.open(name);

  expect(names()).toEqual(['c', 'a', 'd']);
  expect(dropped).toEqual(['b']);
});

it('a session that idles for ten minutes goes when another comes', () => {
  const { sessions, clock, names } = create();
  sessions.open('a');
  clock.advance(minuteMs);
  sessions.open('b');
  clock.advance(9 * minuteMs);
  sessions.open('c');
  expect(names()).toEqual(['a', 'b', 'c']);
  clock.advance(1);
  sessions.open('d');

  expect(names()).toEqual(['b', 'c', 'd']);
});

it('the default session never goes', () => {
  const { sessions, clock, names } = create();
  sessions.open('default');
  clock.advance(100 * minuteMs);
  for (const name of ['a', 'b', 'c', 'd']) sessions.open(name);

  expect(names()).toEqual(['default', 'c', 'd']);
});

it('a dropped session with history is told once, and begins anew', () => {
  const { sessions } = create();
  sessions.open('a');
  sessions.change('a', { hasHistory: true });
  for (const name of ['b', 'c', 'd']) sessions.open(name);

  expect(sessions.open('a')).toBe('evicted');
  expect(sessions.open('a')).toMatchObject({ name: 'a', hasHistory: false });
});

it('a dropped session that nothing depends on begins anew without a word', () => {
  const { sessions } = create();
  for (const name of ['a', 'b', 'c', 'd']) sessions.open(name);

  expect(sessions.open('a')).toMatchObject({ name: 'a' });
});

it.each([
  ['a scenario', { scenario: 'rate-limit' }],
  ['a seed', { seed: 'x' }],
  ['fixtures of its own', { overrides: layer([{ id: 'own', respond: { text: 'Mine.' } }]) }],
  ['switches of its own', { quirks: { 'usage-late': true } }],
])('a dropped session that was given %s is told of as well', (_, changes) => {
  const { sessions } = create();
  sessions.change('a', changes);
  for (const name of ['b', 'c', 'd']) sessions.open(name);

  expect(sessions.open('a')).toBe('evicted');
});

it('a dropped session that is set up anew is not told of', () => {
  const { sessions } = create();
  sessions.change('a', { hasHistory: true });
  for (const name of ['b', 'c', 'd']) sessions.open(name);
  sessions.change('a', { seed: 'x' });

  expect(sessions.open('a')).toMatchObject({ seed: 'x', hasHistory: false });
});

it('a session that is removed begins anew without a word', () => {
  const { sessions, dropped } = create();
  sessions.change('a', { hasHistory: true });

  expect(sessions.remove('a')).toBe(true);
  expect(sessions.remove('a')).toBe(false);
  expect(dropped).toContain('a');
  expect(sessions.open('a')).toMatchObject({ hasHistory: false });
});

it('the next request of a dropped session is one 409 that says so', async () => {
  const mock = createLongCatMock();
  script(mock, [{ id: 'steps', respond: [{ text: 'one' }, { text: 'two' }, { text: 'three' }] }]);
  const headers = { 'x-longcat-mock-session': 'old' };
  const answer = async () => {
    const response = await ask({}, { mock, headers });
    const body = await response.json();
    return [response.status, body.choices?.[0].message.content ?? body.error.code] as const;
  };
  expect([await answer(), await answer()]).toEqual([
    [200, 'one'],
    [200, 'two'],
  ]);
  for (let number = 0; number < 1000; number += 1) mock.engine.sessions.open(`new ${number}`);

  expect(mock.engine.sessions.list()).toHaveLength(1000);
  expect(mock.engine.journal.count('old').seen).toBe(0);
  const told = await ask({}, { mock, headers });
  expect(told.status).toBe(409);
  expect(told.headers.get('x-should-retry')).toBe('false');
  expect((await told.json()).error.message).toContain('The session "old" was dropped');
  expect(await answer()).toEqual([200, 'one']);
});

it('the fixtures of a session answer it before all others, and nobody else', async () => {
  const mock = createLongCatMock();
  script(mock, [{ id: 'all', priority: -100, respond: { text: 'for all' } }]);
  const overrides = layer([
    { id: 'own', match: { model: 'LongCat-2.0' }, respond: { text: 'own' } },
  ]);
  mock.engine.sessions.change('a', { overrides });
  const text = async (session: string) => {
    const response = await ask({}, { mock, headers: { 'x-longcat-mock-session': session } });
    return [
      response.headers.get('x-longcat-mock-fixture'),
      (await response.json()).choices[0].message.content,
    ];
  };

  expect(await text('a')).toEqual(['own', 'own']);
  expect(await text('b')).toEqual(['all', 'for all']);
  expect(await text('default')).toEqual(['all', 'for all']);
  mock.engine.sessions.remove('a');
  expect(await text('a')).toEqual(['all', 'for all']);
});

it('ids are of the session: no two have one, and each has its own again', async () => {
  const readIds = async (session: string) => {
    const mock = createLongCatMock();
    const ids: string[] = [];
    for (const name of [session, 'other', session]) {
      const response = await ask({}, { mock, headers: { 'x-longcat-mock-session': name } });
      ids.push((await response.json()).id);
    }
    return ids;
  };
  const ids = await readIds('a');

  expect(new Set(ids).size).toBe(3);
  expect(await readIds('a')).toEqual(ids);
});

it('a session has a clock, a seed and switches of its own', async () => {
  const mock = createLongCatMock({ clock: frozenClock(1000) });
  mock.engine.sessions.change('a', {
    clock: createManualTimekeeper(7_000_000),
    seed: 'other',
    quirks: { 'effective-cached-tokens': true },
  });
  const body = async (session: string) => {
    const response = await ask({}, { mock, headers: { 'x-longcat-mock-session': session } });
    return response.json();
  };
  const [mine, other] = [await body('a'), await body('b')];

  expect([mine.created, other.created]).toEqual([7000, 1]);
  expect(mine.choices[0].message.content).not.toBe(other.choices[0].message.content);
  expect(mine.usage).toHaveProperty('effectiveCachedTokens');
  expect(other.usage).not.toHaveProperty('effectiveCachedTokens');
});
