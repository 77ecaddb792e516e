import { expect, it } from 'vitest';
import { explainMiss, type MissInput, renderDiff } from '../../src/engine/near-miss.ts';
import type { Fixture } from '../../src/scenario/fixture.ts';
import type { FixtureInput } from '../../src/scenario/schema.ts';
import { ask, makeFixture, makeSubject } from './some-entries.ts';

const burst = makeFixture('rate-limit.then-ok', {
  match: {
    api: 'openai',
    stream: false,
    model: 'LongCat-2.0',
    messages: { last: { text: { contains: 'burst' } } },
  },
});

function explain(members: Partial<MissInput> = {}) {
  return explainMiss({
    subject: makeSubject(ask('hello')),
    session: 'w1',
    fixtures: [burst],
    hindrances: [],
    elsewhere: [],
    loaded: { files: 1, folder: './longcat-mock' },
    attempt: 0,
    ...members,
  });
}

const none = { fixtures: [], loaded: { files: 0, folder: './longcat-mock' } };
const quota = makeFixture('quota.second', { state: { requires: 'Second' } });
const stateHindrance = {
  fixture: 'quota.second',
  kind: 'state',
  machine: 'quota',
  state: 'Started',
} as const;
const sequence = makeFixture('rl.then-ok', { respond: [{}, {}], afterLast: 'error' });
const exhausted = { fixture: 'rl.then-ok', kind: 'exhausted', answered: 2 } as const;

it.each<[string, Partial<MissInput>, string]>([
  [
    'nothing-loaded',
    none,
    'No fixtures are loaded (looked in ./longcat-mock, 0 files). Pass --fixtures <dir>, or --on-unmatched dynamic for generated answers.',
  ],
  [
    'nothing-loaded',
    { fixtures: [], loaded: { files: 0 } },
    'No fixtures are loaded. Pass --fixtures <dir>, or --on-unmatched dynamic for generated answers.',
  ],
  [
    'nothing-loaded',
    { fixtures: [], loaded: { files: 1, folder: './longcat-mock' } },
    'No fixtures are active (looked in ./longcat-mock, 1 file). Select a scenario, or pass --on-unmatched dynamic for generated answers.',
  ],
  [
    'differs',
    {},
    'No fixture matched. Closest: "rate-limit.then-ok" (3 of 4 conditions) differs at messages[-1].content: expected contains "burst", got "hello".',
  ],
  [
    'wrong-state',
    { fixtures: [quota], hindrances: [stateHindrance] },
    'No fixture matched. "quota.second" needs scenario "quota" in state "Second"; session "w1" is in "Started".',
  ],
  [
    'exhausted',
    { fixtures: [sequence], hindrances: [exhausted] },
    'Fixture "rl.then-ok" has 2 responses and afterLast:error; this is request 3 of session "w1".',
  ],
  [
    'exhausted',
    { fixtures: [sequence], hindrances: [exhausted], attempt: 1 },
    'Fixture "rl.then-ok" has 2 responses and afterLast:error; this is request 3 of session "w1" (attempt 2 of one SDK call: it may be an automatic retry).',
  ],
  [
    'elsewhere',
    { session: 'default', elsewhere: ['w1', 'w2'] },
    'No fixture matched in session "default". Session "w1" has an override that matches — is x-longcat-mock-session missing on this client?',
  ],
])('a miss of the kind %s with %j is told in its sentence', (kind, members, message) => {
  const miss = explain(members);

  expect(miss.message).toBe(message);
  expect(miss.kind).toBe(kind);
});

it('responses are counted with their times, and one is told as one', () => {
  const twice = makeFixture('rl.then-ok', { respond: { times: 3 }, afterLast: 'fallthrough' });
  const once = makeFixture('rl.then-ok', { respond: {}, afterLast: 'error' });

  expect(explain({ fixtures: [twice], hindrances: [exhausted] }).message).toContain(
    'has 3 responses and afterLast:fallthrough;',
  );
  expect(explain({ fixtures: [once], hindrances: [exhausted] }).message).toContain(
    '1 response and',
  );
});

it('of several that were hindered, the one that the claim ended at is told', () => {
  const fixtures = [quota, sequence];
  const hindrances = [stateHindrance, exhausted];
  const falling: Fixture = { ...sequence, afterLast: 'fallthrough' };

  expect(explain({ fixtures, hindrances }).kind).toBe('exhausted');
  expect(explain({ fixtures: [quota, falling], hindrances }).kind).toBe('wrong-state');
});

it('what the state forbids is a near miss that meets its conditions', () => {
  const fixtures = [quota, sequence, burst];
  const { nearMisses } = explain({ fixtures, hindrances: [stateHindrance, exhausted] });

  expect(nearMisses.map(({ fixture, differs }) => [fixture, differs[0]])).toEqual([
    ['rl.then-ok', { place: 'respond', expected: 'at most 2', got: 'request 3' }],
    ['quota.second', { place: 'state', expected: '"Second"', got: '"Started"' }],
    [
      'rate-limit.then-ok',
      { place: 'messages[-1].content', expected: 'contains "burst"', got: '"hello"' },
    ],
  ]);
});

it('a fixture that fits is no near miss, whatever stood before it', () => {
  const fixtures = [sequence, ...['a', 'b', 'c'].map((id) => makeFixture(id)), burst];
  const { nearMisses } = explain({ fixtures, hindrances: [exhausted] });

  expect(nearMisses.map(({ fixture }) => fixture)).toEqual(['rl.then-ok', 'rate-limit.then-ok']);
});

it('a fixture that fits by the end of a long text is no near miss either', () => {
  const subject = makeSubject(ask(`${'x'.repeat(3000)} burst`));

  expect(explain({ subject, fixtures: [burst] }).nearMisses).toEqual([]);
});

it('a near miss is data: where it stands, how much is met and what is not', () => {
  const fixture = makeFixture('a', { match: { model: 'gpt-4', stream: true } }, 12);

  expect(explain({ fixtures: [fixture] }).nearMisses).toEqual([
    {
      fixture: 'a',
      place: 'fixtures/some.yaml:12',
      met: 0,
      of: 2,
      differs: [
        {
          place: 'stream',
          expected: 'true',
          got: 'false',
          hint: 'The fixture expects stream: true, and the request is not streamed.',
        },
        { place: 'model', expected: '"gpt-4"', got: '"LongCat-2.0"' },
      ],
    },
  ]);
});

it('the nearest three come first: by the share that is met, then the more specific, then by precedence', () => {
  const [wrong, right] = ['x', 'LongCat-2.0'];
  const fixtures = [
    makeFixture('none-of-1', { match: { model: wrong } }),
    makeFixture('half-of-2', { match: { stream: false, model: wrong } }),
    makeFixture('half-of-2-later', { match: { stream: false, model: wrong } }),
    makeFixture('half-of-4', {
      match: { api: 'openai', stream: false, model: wrong, turnIndex: 9 },
    }),
    makeFixture('three-of-4', {
      match: { api: 'openai', stream: false, model: right, turnIndex: 9 },
    }),
  ];

  expect(explain({ fixtures }).nearMisses.map(({ fixture }) => fixture)).toEqual([
    'three-of-4',
    'half-of-4',
    'half-of-2',
  ]);
});

type Match = NonNullable<FixtureInput['match']>;

it.each<[string, Match, string | undefined]>([
  ['hello', { model: 'longcat-2.0' }, 'The model differs only in case.'],
  ['hello', { model: { contains: 'CAT-2' } }, 'The model differs only in case.'],
  ['hello', { model: { matches: '^longcat' } }, 'The model differs only in case.'],
  ['hello', { model: 'gpt-4' }, undefined],
  ['hello', { stream: true }, 'The fixture expects stream: true, and the request is not streamed.'],
  [
    'hello',
    { api: 'anthropic' },
    'The request came by the "openai" endpoints, and the fixture is for "anthropic": api: any takes both.',
  ],
  ['hello', { thinking: false }, 'LongCat thinks unless the request turns it off.'],
  [
    ' hello\n  world ',
    { messages: { last: { text: 'hello world' } } },
    'The text at messages[-1].content differs only in whitespace.',
  ],
  [
    `${'x'.repeat(500)} Burst`,
    { messages: { last: { text: { contains: 'burst' } } } },
    'The text at messages[-1].content differs only in case.',
  ],
  [
    'what is 1+1',
    { messages: { last: { text: { matches: '1+1' } } } },
    'The text at messages[-1].content holds the pattern as it is written: escape its special characters, or use contains.',
  ],
  ['what is 1+1', { messages: { last: { text: { matches: '1-1' } } } }, undefined],
  ['hello', { tools: { includes: ['Get_Weather'] } }, 'The text at tools differs only in case.'],
  ['hello', { headers: { 'x-team': 'Cats' } }, 'The text at headers.x-team differs only in case.'],
])('asked %j, the condition %j gives the hint %j', (content, match, hint) => {
  const tools = [{ type: 'function', function: { name: 'get_weather' } }];
  const subject = makeSubject(ask(content, { tools }), { headers: { 'x-team': 'cats' } });
  const { hints } = explain({ subject, fixtures: [makeFixture('a', { match })] });

  expect(hints).toEqual(hint === undefined ? [] : [hint]);
});

it('a streamed request for a fixture of whole answers is told so', () => {
  const subject = makeSubject(ask('hello', { stream: true }));
  const fixtures = [makeFixture('a', { match: { stream: false } })];

  expect(explain({ subject, fixtures }).hints).toEqual([
    'The fixture expects stream: false, and the request is streamed.',
  ]);
});

it.each([1, 2])('retry %i of an SDK is told', (attempt) => {
  expect(explain({ attempt }).hints).toEqual([
    `The SDK sent this request again by itself: it is attempt ${attempt + 1} of one call.`,
  ]);
});

it.each([
  ['a long text', ask('x'.repeat(5000)), 'y'.repeat(5000)],
  ['line breaks', ask('one line\r\nand another\u2028and more'), 'yet another line\nand more'],
  ['half a surrogate pair', ask('😀'.repeat(300)), '😀'.repeat(301)],
])('with %s the message is one line of at most 300 characters', (_case, body, text) => {
  const id = 'i'.repeat(100);
  const fixtures = [makeFixture(id, { match: { messages: { last: { text } } } })];
  const { message } = explain({ subject: makeSubject(body), fixtures });

  expect(message.length).toBeLessThanOrEqual(300);
  expect(message).not.toMatch(/[\p{Cc}\u2028\u2029]/u);
  expect(message.isWellFormed()).toBe(true);
  expect(message).toMatch(/expected ".{20,}, got ".{20,}\.$/);
});

it('a session may have any name, and the message stays one line', () => {
  const session = `w1\n${'s'.repeat(400)}`;
  const { message } = explain({ session, fixtures: [sequence], hindrances: [exhausted] });

  expect(message).toHaveLength(300);
  expect(message).toContain('session "w1 sss');
});

it.each(['', 's'])('a character is never cut in two', (start) => {
  const session = `${start}${'😀'.repeat(200)}`;
  const { message } = explain({ session, fixtures: [sequence], hindrances: [exhausted] });

  expect(message).toMatch(/😀.?…$/u);
  expect(message.isWellFormed()).toBe(true);
});

it('what a fixture expects of a credential is not told either', () => {
  const fixture = makeFixture('a', { match: { headers: { authorization: 'Bearer ak_other' } } });

  expect(explain({ fixtures: [fixture] }).message).toContain('expected another value, got');
});

it.each<[Match, string]>([
  [{ headers: { authorization: 'Bearer ak_other' } }, 'ak_secret'],
  [{ headers: { 'X-Api-Key': { contains: 'ak_other' } } }, 'ak_secret'],
  [{ body: [{ path: '$.metadata.token', equals: 'ak_other' }] }, 'ak_secret'],
  [{ body: [{ path: '$.metadata', equals: 'ak_other' }] }, 'ak_secret'],
])('the credential that %j looks at is not told', (match, secret) => {
  const subject = makeSubject(ask('hello', { metadata: { token: secret } }), {
    headers: { authorization: `Bearer ${secret}`, 'x-api-key': secret },
  });
  const miss = explain({ subject, fixtures: [makeFixture('a', { match })] });

  expect(JSON.stringify(miss)).not.toContain(secret);
  expect(JSON.stringify(miss)).toContain('[redacted]');
  expect(miss.nearMisses[0]?.differs[0]).not.toHaveProperty('hint');
});

it('a condition on what stands behind the first 2 KB of a text is judged by all of it', () => {
  const subject = makeSubject(ask(`${'x'.repeat(3000)} burst`));
  const match: Match = { model: 'gpt-4', messages: { last: { text: { contains: 'burst' } } } };
  const [nearest] = explain({ subject, fixtures: [makeFixture('a', { match })] }).nearMisses;

  expect(nearest?.differs.map(({ place }) => place)).toEqual(['model']);
});

it('the diff has what differs in two columns, and the hints below', () => {
  const fixture = makeFixture(
    'rate-limit.then-ok',
    { match: { stream: true, model: { contains: 'cat-2' }, turnIndex: 0 } },
    12,
  );
  const [nearest] = explain({ fixtures: [fixture] }).nearMisses;

  expect(nearest && renderDiff(nearest)).toBe(
    [
      '"rate-limit.then-ok" (fixtures/some.yaml:12): 1 of 3 conditions',
      '  Closest fixture         | Request',
      '  stream: true            | false',
      '  model: contains "cat-2" | "LongCat-2.0"',
      '  The fixture expects stream: true, and the request is not streamed.',
      '  The model differs only in case.',
    ].join('\n'),
  );
});

it('a fixture that stands in no file has no place', () => {
  const { place: _place, ...fixture } = burst;
  const [nearest] = explain({ fixtures: [fixture] }).nearMisses;

  expect(nearest).not.toHaveProperty('place');
  expect(nearest && renderDiff(nearest)).toContain('"rate-limit.then-ok": 3 of 4 conditions\n');
});

it('each condition of thousands of fixtures is asked once, and shown for three of them', () => {
  let asked = 0;
  let shown = 0;
  const counting = {
    place: 'model',
    expected: '"x"',
    holds: () => {
      asked += 1;
      return false;
    },
    show: () => {
      shown += 1;
      return '"y"';
    },
  };
  const fixtures = Array.from({ length: 5000 }, (_, index) => ({
    ...makeFixture(`f${index}`),
    conditions: [counting],
  }));
  explain({ fixtures });

  expect({ asked, shown }).toEqual({ asked: 5003, shown: 3 });
});
