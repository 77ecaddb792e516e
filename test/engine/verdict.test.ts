import { expect, it } from 'vitest';
import type { Entry } from '../../src/engine/entry.ts';
import {
  judgeClient,
  renderVerdict,
  type VerdictOptions,
  type VerdictRule,
  verdictRules,
} from '../../src/engine/verdict.ts';
import type { JsonObject } from '../../src/exchange/json.ts';
import { ask, makeEntry, toSubject } from './some-entries.ts';

function judge(entries: readonly Entry[], options: Partial<VerdictOptions> = {}) {
  return judgeClient(entries, { toSubject, finished: true, ...options });
}

/** The entries `r0`, `r1` and so on; one call unless they say otherwise. */
function list(...members: readonly Partial<Entry>[]): Entry[] {
  return members.map((each, index) => makeEntry(`r${index}`, each));
}

const numbered = (attempt: number): Partial<Entry> => ({
  attempt,
  headers: { 'x-stainless-retry-count': `${attempt}` },
});
const limited = { status: 429, error: 'rate_limit_exceeded', retryAfterMs: 5000 } as const;
const refused = { status: 401, error: 'incorrect_api_key' } as const;
const broken = { status: 503, error: 'service_unavailable' } as const;

function sayTwice(half: string, ...after: readonly string[]) {
  const messages = [
    { role: 'user', content: 'hello' },
    { role: 'assistant', content: half },
    ...after.map((content) => ({ role: 'user', content })),
  ];
  return { request: 2, body: { model: 'LongCat-2.0', messages } };
}

const cut = { end: 'cut', text: 'The weather is ' } as const;

const thought = { thinking: true, callIds: ['a1b2'], request: 1 };

function replayCall(reasoning = '', id = 'call_a1b2'): Partial<Entry> {
  const call = { id, type: 'function', function: { name: 'get_weather', arguments: '{}' } };
  const said: JsonObject = reasoning === '' ? {} : { reasoning_content: reasoning };
  const turn: JsonObject = { role: 'assistant', tool_calls: [call], ...said };
  const messages = [
    { role: 'user', content: 'hello' },
    turn,
    { role: 'tool', tool_call_id: id, content: 'sunny' },
  ];
  return { request: 2, body: { model: 'LongCat-2.0', messages } };
}

const flood = Array.from({ length: 11 }, (_, index) => ({ at: index * 1000 }));

it.each<[VerdictRule, string, readonly Partial<Entry>[], string]>([
  [
    'retried-too-early',
    'an SDK that comes before its time',
    [limited, { at: 4000, ...numbered(1) }],
    'Retried after 4000 ms, where the 429 rate_limit_exceeded asked to wait 5000 ms.',
  ],
  [
    'retried-too-early',
    'a loop around an SDK that does not count',
    [
      { ...limited, ...numbered(0) },
      { at: 100, ...numbered(0) },
    ],
    'Retried after 100 ms, where the 429 rate_limit_exceeded asked to wait 5000 ms.',
  ],
  [
    'retried-what-must-not-be',
    'an SDK',
    [
      { ...refused, ...numbered(0) },
      { ...refused, ...numbered(1) },
    ],
    'Retried after 401 incorrect_api_key, which must not be retried.',
  ],
  [
    'retried-what-must-not-be',
    'a client that numbers nothing',
    [refused, {}],
    'Retried after 401 incorrect_api_key, which must not be retried.',
  ],
  [
    'gave-up',
    'one failure and no more',
    [broken],
    'Gave up on 503 service_unavailable without a retry.',
  ],
  [
    'gave-up',
    'another question after the failure',
    [{ status: 500 }, { request: 2, body: ask('bye') }],
    'Gave up on 500 without a retry.',
  ],
  [
    'gave-up',
    'the same words later in a conversation',
    [broken, sayTwice('Meow.', 'hello')],
    'Gave up on 503 service_unavailable without a retry.',
  ],
  ['storm', 'eleven in ten seconds', flood, 'Sent the same call 11 times within 10 s.'],
  [
    'took-cut-for-whole',
    'a half in the next turn',
    [cut, sayTwice('The weather is', 'and tomorrow?')],
    'Took a stream that was cut for a whole answer: a later request replays "The weather is".',
  ],
  [
    'dropped-reasoning',
    'a tool turn without its reasoning',
    [thought, replayCall()],
    'Replayed an assistant turn with tool calls without its reasoning_content.',
  ],
  [
    'dropped-reasoning',
    'ids kept with their prefix',
    [{ ...thought, callIds: ['call_a1b2'] }, replayCall()],
    'Replayed an assistant turn with tool calls without its reasoning_content.',
  ],
  [
    'exceeded-output-limit',
    'max_tokens over the limit',
    [{ body: ask('hello', { max_tokens: 131_073 }) }],
    'Asked for 131073 output tokens, where LongCat-2.0 gives at most 131072.',
  ],
  [
    'exceeded-output-limit',
    'the same on the other format',
    [{ api: 'anthropic', body: ask('hello', { max_tokens: 200_000 }) }],
    'Asked for 200000 output tokens, where LongCat-2.0 gives at most 131072.',
  ],
  [
    'leaked-credentials',
    'a key in the query and in the body',
    [{ leaks: ['query.api_key', 'body.token'] }],
    'Sent a credential outside of the headers: query.api_key, body.token.',
  ],
])('%s finds %s', (rule, _case, members, message) => {
  const verdict = judge(list(...members));
  const findings = verdict.findings.filter((finding) => finding.rule === rule);
  const requests = rule === 'gave-up' ? ['r0'] : members.map((_, index) => `r${index}`);

  expect(findings).toEqual([{ rule, message, requests }]);
  expect(verdict.checked[rule]).toBe('fail');
});

it.each<[VerdictRule, string, readonly Partial<Entry>[], 'pass' | 'not-applicable']>([
  ['retried-too-early', 'a retry in time', [limited, { at: 5000, ...numbered(1) }], 'pass'],
  [
    'retried-too-early',
    'a timer a millisecond early',
    [limited, { at: 4999, ...numbered(1) }],
    'pass',
  ],
  ['retried-too-early', 'no retry', [limited], 'pass'],
  ['retried-too-early', 'another call', [limited, { at: 1, request: 2 }], 'pass'],
  [
    'retried-too-early',
    'a 429 that asked for nothing',
    [{ status: 429 }, numbered(1)],
    'not-applicable',
  ],
  [
    'retried-too-early',
    'a wait that a 503 asked for',
    [{ ...broken, retryAfterMs: 9 }, {}],
    'not-applicable',
  ],
  [
    'retried-too-early',
    'two calls at once that each wait',
    [
      { ...limited, ...numbered(0), retryAfterMs: 5 },
      { ...limited, ...numbered(0), retryAfterMs: 5, at: 2 },
      { ...numbered(1), at: 5 },
      { ...numbered(1), at: 7 },
    ],
    'pass',
  ],
  [
    'retried-too-early',
    'an attempt whose number says that it follows another',
    [
      { ...limited, ...numbered(1), endedAt: 2 },
      { ...limited, ...numbered(0), retryAfterMs: 5, at: 1 },
      { ...numbered(1), at: 6 },
    ],
    'pass',
  ],
  [
    'retried-what-must-not-be',
    'a test that asks twice through an SDK',
    [
      { ...refused, ...numbered(0) },
      { ...refused, ...numbered(0) },
    ],
    'pass',
  ],
  [
    'retried-what-must-not-be',
    'two requests that were under way together',
    [
      { ...refused, endedAt: 9 },
      { ...refused, at: 8, endedAt: 10 },
    ],
    'pass',
  ],
  [
    'retried-what-must-not-be',
    'a retry that was asked for',
    [{ ...refused, sdkRetry: true }, {}],
    'not-applicable',
  ],
  ['retried-what-must-not-be', 'a retry after a 500', [{ status: 500 }, {}], 'not-applicable'],
  ['gave-up', 'a retry', [broken, { ...broken, ...numbered(1) }], 'pass'],
  [
    'gave-up',
    'a retry by a loop around an SDK',
    [{ ...broken, ...numbered(0) }, numbered(0)],
    'pass',
  ],
  ['gave-up', 'the last try of a client that numbers nothing', [broken, broken], 'pass'],
  ['gave-up', 'the last of several attempts', [{ ...broken, ...numbered(2) }], 'pass'],
  [
    'gave-up',
    'an answer that forbade to retry',
    [{ ...broken, sdkRetry: false }],
    'not-applicable',
  ],
  ['gave-up', 'a failure that does not pass', [refused], 'not-applicable'],
  [
    'gave-up',
    'the same question by other means',
    [broken, { request: 2, body: ask('hello', { stream: false }) }],
    'pass',
  ],
  ['storm', 'ten in ten seconds', flood.slice(1), 'pass'],
  ['storm', 'eleven in a longer time', flood.map(({ at }) => ({ at: at * 1.1 })), 'pass'],
  ['storm', 'eleven different calls', flood.map(({ at }, request) => ({ at, request })), 'pass'],
  [
    'took-cut-for-whole',
    'a retry after the cut',
    [cut, { text: 'The weather is fine.' }, sayTwice('The weather is fine.', 'thanks')],
    'pass',
  ],
  [
    'took-cut-for-whole',
    'a half that is to be gone on with',
    [cut, sayTwice('The weather is ')],
    'pass',
  ],
  [
    'took-cut-for-whole',
    'the same words to another question',
    [{ ...cut, body: ask('bye') }, sayTwice('The weather is', 'x')],
    'pass',
  ],
  [
    'took-cut-for-whole',
    'a whole answer',
    [{ text: 'The weather is' }, sayTwice('The weather is', 'x')],
    'not-applicable',
  ],
  [
    'took-cut-for-whole',
    'a cut before the first word',
    [{ end: 'cut', text: '' }, sayTwice('', 'x')],
    'not-applicable',
  ],
  [
    'dropped-reasoning',
    'a turn with its reasoning',
    [thought, replayCall('I need the weather.')],
    'pass',
  ],
  [
    'dropped-reasoning',
    'a turn that had none',
    [{ ...thought, thinking: false }, replayCall()],
    'not-applicable',
  ],
  [
    'dropped-reasoning',
    'a turn that the mock did not send',
    [thought, replayCall('', 'call_9')],
    'not-applicable',
  ],
  [
    'took-cut-for-whole',
    'a user who says the same words',
    [
      cut,
      {
        request: 2,
        body: {
          model: 'LongCat-2.0',
          messages: ['hello', 'The weather is', 'x'].map((content) => ({ role: 'user', content })),
        },
      },
    ],
    'pass',
  ],
  [
    'exceeded-output-limit',
    'the limit itself',
    [{ body: ask('hello', { max_tokens: 131_072 }) }],
    'pass',
  ],
  [
    'exceeded-output-limit',
    'a model that gives more',
    [{ body: { ...ask('hello'), model: 'LongCat-2.5-Preview', max_tokens: 200_000 } }],
    'pass',
  ],
  ['exceeded-output-limit', 'no body', [{ body: undefined }], 'not-applicable'],
  ['leaked-credentials', 'credentials in headers alone', [{}], 'pass'],
])('%s is silent on %s', (rule, _case, members, result) => {
  const verdict = judge(list(...members));

  expect(verdict.findings.filter((finding) => finding.rule === rule)).toEqual([]);
  expect(verdict.checked[rule]).toBe(result);
});

it('nobody has given up as long as the wait goes on or nothing else came', () => {
  const other = { request: 2, body: ask('bye') };
  const judged = (...members: Partial<Entry>[]) =>
    judge(list(...members), { finished: false }).checked['gave-up'];

  expect(judged(broken)).toBe('not-applicable');
  expect(judged(limited, { ...other, at: 4999 })).toBe('not-applicable');
  expect(judged(limited, { ...other, at: 5000 })).toBe('fail');
  expect(judged(broken, { ...broken, ...numbered(1) })).toBe('pass');
  expect(judged({ ...broken, endedAt: 9 }, { at: 8 })).toBe('not-applicable');
});

it('of calls at once, only the one that was sent again was', () => {
  const first = { ...refused, ...numbered(0), endedAt: 9 };

  expect(judge(list(first, first, { ...refused, ...numbered(1) })).findings).toMatchObject([
    { rule: 'retried-what-must-not-be', requests: ['r0', 'r2'] },
  ]);
  expect(judge(list(numbered(0), first, { ...refused, ...numbered(1) })).findings).toMatchObject([
    { rule: 'retried-what-must-not-be', requests: ['r1', 'r2'] },
  ]);
});

it('a failure is no retry of the same call that still runs', () => {
  expect(judge(list({ end: undefined }, broken)).findings).toMatchObject([
    { rule: 'gave-up', requests: ['r1'] },
  ]);
});

it.each([
  ['a half', [cut, sayTwice('The weather is', 'a'), sayTwice('The weather is', 'a', 'b')]],
  ['a turn without its reasoning', [thought, replayCall(), replayCall()]],
])('%s is told at its first replay', (_case, members) => {
  expect(judge(list(...members)).findings.map(({ requests }) => requests)).toEqual([['r0', 'r1']]);
});

it('the Anthropic format has its own way to keep reasoning', () => {
  const messages = [
    { role: 'user', content: 'hello' },
    { role: 'assistant', content: [{ type: 'tool_use', id: 'toolu_a1b2', name: 'f', input: {} }] },
  ];
  const replay = { api: 'anthropic', body: { model: 'LongCat-2.0', messages } } as const;

  expect(judge(list({ ...thought, api: 'anthropic' }, replay)).checked['dropped-reasoning']).toBe(
    'not-applicable',
  );
});

it('a clock that stands still tells nothing of waits and storms', () => {
  const { checked } = judge(list(limited, ...flood.map(() => ({}))), { frozen: true });

  expect(checked['retried-too-early']).toBe('not-applicable');
  expect(checked.storm).toBe('not-applicable');
});

it('what a storm is can be set', () => {
  const storm = { times: 2, withinMs: 500 };
  const findings = (...times: number[]) =>
    judge(list(...times.map((at) => ({ at }))), { storm }).findings;

  expect(findings(0, 500, 501, 1100)).toEqual([]);
  expect(findings(0, 900, 1000, 1400, 9000)).toEqual([
    {
      rule: 'storm',
      message: 'Sent the same call 3 times within 0.5 s.',
      requests: ['r1', 'r2', 'r3'],
    },
  ]);
});

it('a finding that comes again is one finding with all its requests', () => {
  const leaks = ['query.key'];

  expect(judge(list({ leaks }, {}, { leaks })).findings).toEqual([
    {
      rule: 'leaked-credentials',
      message: 'Sent a credential outside of the headers: query.key.',
      requests: ['r0', 'r2'],
    },
  ]);
});

it('every rule is checked, and without requests none applies', () => {
  const { findings, checked } = judge([]);

  expect(findings).toEqual([]);
  expect(checked).toEqual(Object.fromEntries(verdictRules.map((rule) => [rule, 'not-applicable'])));
});

it('a request is decoded once, however many rules read it', () => {
  let decoded = 0;
  judge(list(cut, thought, broken), {
    toSubject: (entry) => {
      decoded += 1;
      return toSubject(entry);
    },
  });

  expect(decoded).toBe(3);
});

it('the verdict reads as lines: how many rules were broken, by what, and which were kept', () => {
  const leaks = ['query.key'];

  expect(renderVerdict(judge(list({ leaks }, { leaks }, { leaks }, { leaks }, broken)))).toEqual([
    'Client: broke 2 of 4 rules that applied.',
    '  gave-up: Gave up on 503 service_unavailable without a retry. (request r4)',
    '  leaked-credentials: Sent a credential outside of the headers: query.key. (requests r0, r1, r2 and 1 more)',
    '  kept: storm, exceeded-output-limit',
  ]);
});

it.each<[Partial<Entry>[], string[]]>([
  [[], ['Client: there was nothing to judge.']],
  [
    [{}],
    [
      'Client: kept all of 3 rules that applied.',
      '  kept: storm, exceeded-output-limit, leaked-credentials',
    ],
  ],
])('the verdict on %j is %j', (members, lines) => {
  expect(renderVerdict(judge(list(...members)))).toEqual(lines);
});
