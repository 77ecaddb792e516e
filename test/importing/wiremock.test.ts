import { expect, it } from 'vitest';
import { importWireMock } from '../../src/importing/wiremock.ts';
import { chatPath, readEvents } from '../ask.ts';
import { hearChat, hearMessage } from '../fixtures/heard.ts';
import { serveImported, settleAll } from './land.ts';
import { mappings, requests, streamed } from './stubs.ts';

const bodies = new Map([['pieces.txt', { text: streamed }]]);

function importStubs(stubs: readonly object[]) {
  const [part, ...others] = importWireMock(
    [{ file: 'stubs.json', text: JSON.stringify({ mappings: stubs }) }],
    bodies,
  );
  if (!part) throw new Error('nothing was imported');
  return { ...part, others };
}

async function hear(response: Response, path: string) {
  const { status } = response;
  if (status !== 200) return `${status} ${await response.text()}`;
  const type = response.headers.get('content-type') ?? '';
  const items = type.startsWith('text/event-stream')
    ? (await readEvents(response)).flatMap(({ data }) =>
        data === '[DONE]' ? [] : JSON.parse(data),
      )
    : [await response.json()];
  const { text, calls } = (path === chatPath ? hearChat : hearMessage)(items);
  return text || JSON.stringify(calls);
}

// What WireMock 3.9.2 answered with these very stubs to these very requests.
const heard = [
  'Whatever.',
  'Salut !',
  'It rains.',
  'Whatever.',
  'The last it is.',
  'A quarter.',
  'Whatever.',
  'Variant b.',
  'Whatever.',
  '[{"name":"look_up","input":"{\\"word\\": \\"a\\"}"}]',
  'One piece, and another.',
  'Whatever.',
  '429 {"error":{"code":"rate_limit_exceeded","message":"Request rate limit exceeded, please try again later","type":"rate_limit_error","retry_after":60}}',
  '418 {"error":{"message":"no tea"}}',
  'Noted.',
  'I know already.',
];

it('stubs of every kind that can be carried over answer as WireMock answers', async () => {
  const imported = importStubs(mappings);
  const mock = await serveImported(imported);
  const answers: string[] = [];
  for (const { path, body, ...rest } of requests) {
    const headers = { authorization: 'Bearer any', ...('headers' in rest ? rest.headers : {}) };
    const request = { method: 'POST', headers, body: JSON.stringify({ model: 'gpt-4o', ...body }) };
    answers.push(await hear(await mock.fetch(`http://localhost${path}`, request), path));
  }

  expect(imported.leftovers).toEqual([]);
  expect(answers).toEqual(heard);
});

const request = { method: 'POST', urlPath: '/v1/chat/completions' };
const response = { jsonBody: { choices: [{ message: { content: 'hi' } }] } };
const asking = (...bodyPatterns: object[]) => ({ request: { ...request, bodyPatterns }, response });

it.each([
  [
    { request: { method: 'GET', urlPath: '/thing' }, response },
    'the whole stub',
    /another endpoint/,
  ],
  [
    { request: { ...request, urlPath: '/v1/embeddings' }, response },
    'the whole stub',
    /another endpoint/,
  ],
  [
    { request: { ...request, multipartPatterns: [] }, response },
    'the whole stub',
    /"multipartPatterns"/,
  ],
  [
    { request: { ...request, headers: { a: { doesNotMatch: 'b' } } }, response },
    'the whole stub',
    /"doesNotMatch"/,
  ],
  [
    { request: { ...request, headers: { a: { matches: '(?=b)' } } }, response },
    'the whole stub',
    /RE2/,
  ],
  [asking({ matchesXPath: '//a' }), 'the whole stub', /"matchesXPath"/],
  [asking({ matchesJsonPath: '$..a[?(@.b > 2)]' }), 'the whole stub', /cannot read the filter/],
  [asking({ matchesJsonPath: '$..model' }), 'the whole stub', /cannot read the JSONPath/],
  [asking({ matches: '[a-z]+' }), 'the whole stub', /cannot match a whole body/],
  [asking({ contains: '"a":{"b"' }), 'the whole stub', /cannot look for/],
  [
    asking({ equalToJson: { a: [1, 2] }, ignoreArrayOrder: true }),
    'the whole stub',
    /order of a list/,
  ],
  [
    { request, response: { ...response, proxyBaseUrl: 'https://a.b' } },
    'the whole stub',
    /passes requests on/,
  ],
  [
    { request, response: { body: '{{now}}', transformers: ['response-template'] } },
    'the whole stub',
    /template/,
  ],
  [{ request, response: { bodyFileName: 'no.json' } }, 'the whole stub', /no file "no.json"/],
  [{ request, response: { fault: 'NEW_FAULT' } }, 'the whole stub', /"NEW_FAULT"/],
  [{ request, response, postServeActions: [] }, 'postServeActions', /nothing like it/],
  [
    { request: { ...request, queryParameters: { a: { equalTo: 'b' } } }, response },
    'request.queryParameters',
    /fits more requests/,
  ],
  [
    { request: { ...request, headers: { Authorization: { equalTo: 'Bearer a' } } }, response },
    'the header "Authorization"',
    /--accept-key/,
  ],
])('%j is listed', (stub, what, why) => {
  const { leftovers } = importStubs([stub]);

  expect(leftovers).toHaveLength(1);
  expect(leftovers[0]?.what).toBe(what);
  expect(leftovers[0]?.why).toMatch(why);
});

it.each([
  [{ fault: 'CONNECTION_RESET_BY_PEER' }, { fault: 'CONNECTION_RESET_BY_PEER' }],
  [
    { ...response, fixedDelayMilliseconds: 50 },
    { text: 'hi', delay: 50 },
  ],
  [
    { ...response, delayDistribution: { type: 'lognormal', median: 80, sigma: 0.4 } },
    { text: 'hi', delay: { type: 'lognormal', median: 80, sigma: 0.4 } },
  ],
  [
    { status: 404, body: 'no such thing' },
    { status: 404, body: 'no such thing', raw: true },
  ],
  [
    { status: 503, base64Body: 'b29wcw==' },
    { status: 503, body: 'oops', raw: true },
  ],
])('the response %j becomes %j', async (stubbed, respond) => {
  const { fixtures } = await settleAll(importStubs([{ request, response: stubbed }]));

  expect(fixtures).toMatchObject([{ match: { api: 'openai' }, respond }]);
});

it('several scenarios with states become scenarios of their own', () => {
  const stub = (scenarioName?: string) => ({ request, response, scenarioName });
  const { others, ...rest } = importStubs([stub(), stub('To do'), stub('cart')]);

  expect(rest).toMatchObject({ drafts: [{ entry: 'stub 1' }], notices: [] });
  expect(others).toMatchObject([
    {
      scenario: 'To-do',
      drafts: [{ entry: 'stub 2' }],
      notices: [expect.stringContaining('"To-do"')],
    },
    { scenario: 'cart', drafts: [{ entry: 'stub 3' }] },
  ]);
});

it.each([
  [{ request: { method: 'ANY', urlPattern: '.*/v1/messages.*' } }, { api: 'anthropic' }],
  [
    { request: { method: 'POST', urlPathPattern: '/gateway/[a-z]+/chat/completions' } },
    { api: 'openai' },
  ],
  [{ request: { urlPathPattern: '/v1/.*' } }, {}],
  [{ request: {} }, {}],
])('%j answers %j', (stub, match) => {
  expect(importStubs([{ ...stub, response }]).drafts[0]?.fixture.match).toEqual(match);
});
