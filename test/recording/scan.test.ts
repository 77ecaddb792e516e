import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import type { JsonObject } from '../../src/exchange/json.ts';
import { capture } from '../../src/recording/capture.ts';
import type { RecordedResponse } from '../../src/recording/cassette.ts';
import { listCredentials } from '../../src/recording/credentials.ts';
import { isPlaceholder } from '../../src/recording/placeholders.ts';
import { redactRequest } from '../../src/recording/redact.ts';
import { scan, tellRefusal } from '../../src/recording/scan.ts';
import { compileRedactions } from '../../src/recording/secret-text.ts';
import { answerOf } from './raw.ts';
import { someRecording } from './some-cassette.ts';

/** In two parts, so that no scanner takes this file for a leak. */
const key = ['ak', '2fQ7xLm9Vb4Kc8Zs1Rt6Wy3Np5Hd'].join('_');
const other = 'Tr0ub4dor&3/über "x"';

const credentials = listCredentials({ authorization: `Bearer ${key}`, 'x-api-key': other });

function say(content: string): JsonObject {
  return { messages: [{ role: 'user', content }] };
}

function rulesOf(request: JsonObject, response?: RecordedResponse): readonly string[] {
  const recording = someRecording({ request, ...(response && { response }) });
  return scan(recording, { credentials }).findings.map(({ path, rule }) => `${path}: ${rule}`);
}

const place = 'request.messages[0].content';

it.each([
  ['as it is', other],
  ['in JSON', JSON.stringify({ a: other })],
  ['in a URL', `?k=${encodeURIComponent(other)}`],
  ['in hex', Buffer.from(other).toString('hex')],
  ['in large hex', Buffer.from(other).toString('hex').toUpperCase()],
  ['in base64', Buffer.from(other).toString('base64')],
  ['in base64, one further', Buffer.from(`:${other};;`).toString('base64')],
  ['in base64, two further', Buffer.from(`::${other};`).toString('base64')],
  ['in base64 for URLs', Buffer.from(`${other}`).toString('base64url')],
])('a credential of the request is found %s', (_, text) => {
  expect(rulesOf(say(`so ${text} it`))).toEqual([`${place}: the value of header x-api-key`]);
});

it('a refusal names file, path and rule, and the remedy', () => {
  const { findings } = scan(someRecording({ request: say(`my key is ${other}`) }), { credentials });

  expect(tellRefusal('cassettes/chat.json', findings)).toBe(
    `refusing to write cassettes/chat.json: recordings[0].${place} contains the value of header x-api-key
Take the secret out of the request, or leave it out of recordings with --redact PATTERN or --redact member:NAME.`,
  );
});

it('a name that is a secret is found, and not told', () => {
  expect(rulesOf({ a: { [other]: [other] } })).toEqual([
    'request.a["*"]: the value of header x-api-key as the name of a member',
    'request.a["*"][0]: the value of header x-api-key',
  ]);
});

it('a secret that a stream spreads over its events is found', () => {
  const pieces = [other.slice(0, 5), other.slice(5, 9), `${other.slice(9)}.`];
  const events = pieces.map(
    (content) => `data: ${JSON.stringify({ choices: [{ index: 0, delta: { content } }] })}\n\n`,
  );

  expect(rulesOf(say('Hi'), capture(answerOf(events)))).toEqual([
    'response.events[0…2].data.choices#0.delta.content: the value of header x-api-key',
  ]);
});

it('answers are searched too, however they are kept', () => {
  const found = (text: string | Uint8Array, type: string) =>
    rulesOf(say('Hi'), capture(answerOf([text], type)));

  expect(found(other, 'text/plain')).toEqual(['response.text: the value of header x-api-key']);
  expect(found(`{ "a": ${JSON.stringify(other)} }`, 'application/json')).toEqual([
    'response.body.a: the value of header x-api-key',
    'response.raw: the value of header x-api-key',
  ]);
  expect(found(new Uint8Array([...Buffer.from(other), 0xff]), 'image/png')).toEqual([
    'response.base64: the value of header x-api-key',
  ]);
});

it('what is redacted is not found', () => {
  const request = { ...say('Hi'), api_key: other, note: `is ${key}` };
  const secrets = compileRedactions([{ pattern: 'ak_\\w+' }]);

  expect(rulesOf(request)).toHaveLength(3);
  expect(rulesOf(redactRequest(request, secrets))).toEqual([]);
});

const random = 'aB3dE5fG7hJ9kL2mN4pQ6rS8tU1vW3xY5zA7bC9d';
it.each([
  ['a LongCat key (ak_…)', key.replace('2f', '3g')],
  ['an API key (sk-…)', `sk-proj-${random}`],
  ['an API key (sk-…)', `sk-ant-api03-${random}-${random}`],
  ['a Stripe key', `sk_live_${random.slice(0, 24)}`],
  ['a bearer token', `Authorization: Bearer ${random}`],
  ['a JSON Web Token', `eyJ${random}.eyJ${random}.${random}`],
  ['an AWS access key', 'AKIAQ3EGZ7MNXW5PLTRB'],
  ['a GitHub token', `ghp_${random.slice(0, 36)}`],
  ['a GitHub token', `github_pat_${random}${random}`],
  ['a GitLab token', `glpat-${random.slice(0, 20)}`],
  ['a Google API key', `AIza${random.slice(0, 35)}`],
  ['a Google access token', `ya29.${random}`],
  ['a Slack token', `xoxb-123456789012-${random.slice(0, 24)}`],
  ['a Hugging Face token', `hf_${'qWeRtYuIoPaSdFgHjKlZxCvBnMqWeRtYuIoP'.slice(0, 34)}`],
  ['a Groq key', `gsk_${random}`],
  ['an npm token', `npm_${random.slice(0, 36)}`],
  ['a private key', `-----BEGIN RSA PRIVATE KEY-----\n${random}`],
])('%s is known by its form, in base64 too', (name, text) => {
  const recording = someRecording({ request: say(`here: "${text}".`) });
  const encoded = someRecording({
    request: say(Buffer.from(`key = ${text}\n`).toString('base64')),
  });

  expect(scan(recording).findings).toContainEqual({ path: place, rule: name });
  expect(scan(encoded).findings).toContainEqual({ path: place, rule: name });
});

it.each([
  'test',
  'sk-test',
  'dummy',
  'EMPTY',
  'your-api-key',
  'YOUR_API_KEY',
  'lcmock_session.scenario',
  '[redacted]',
  'sk-xxxxxxxxxxxxxxxxxxxxxxxx',
  'sk-abcdefghijklmnopqrstuvwxyz123456',
  'ak_00000000000000000000000',
  'AKIAIOSFODNN7EXAMPLE',
  '<your key>',
  '{api key}',
  'sk-…',
])('%s is a placeholder: it is not looked for, and that is told', (value) => {
  const own = listCredentials({ authorization: `Bearer ${value}` });
  const { findings, notices } = scan(
    someRecording({ request: say(`${value} or Bearer ${value}`) }),
    {
      credentials: own,
    },
  );

  expect(isPlaceholder(value)).toBe(true);
  expect(findings).toEqual([]);
  expect(notices).toEqual([
    'The value of header authorization is not looked for in recordings: it is a placeholder.',
  ]);
});

it('a value that is too short to be told from words is not looked for', () => {
  const own = listCredentials({ 'x-api-key': 'hello12' });

  expect(scan(someRecording({ request: say('hello12') }), { credentials: own })).toEqual({
    findings: [],
    notices: [
      'The value of header x-api-key is not looked for in recordings: it has fewer than 8 characters.',
    ],
  });
});

it('credentials are read from each place that has one', () => {
  const basic = `Basic ${Buffer.from('user:pa:ss').toString('base64')}`;
  const found = listCredentials(
    { 'proxy-authorization': basic, cookie: 'a=one; b=two' },
    '?api_key=k&x=1',
  );

  expect(found.map(({ source, value }) => `${source}: ${value}`)).toEqual([
    `header proxy-authorization: ${basic}`,
    `header proxy-authorization: ${basic.slice(6)}`,
    'header proxy-authorization: pa:ss',
    'header cookie: one',
    'header cookie: two',
    'query parameter api_key: k',
  ]);
});

const picture = Buffer.from(
  Array.from({ length: 60_000 }, (_, at) => (at * 7919 + (at >> 3) * 31) % 256),
);
it.each([
  [
    'code',
    'const task = risk-assessment-2024; import { disk-utils } from "x"; .sk-folding-cube-12 {}',
  ],
  [
    'class names',
    '<div class="sk-spinner sk-three-bounce-animation-2024-large sk-child sk-bounce1">',
  ],
  [
    'hashes',
    'sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08 da39a3ee5e6b4b0d3255bfef95601890afd80709',
  ],
  ['UUIDs', '3f2b8c1e-0000-4000-8000-1234567890ab 725f48ccd59a4d0ab6261a399f1c6541'],
  ['a picture', `data:image/png;base64,${picture.toString('base64')}`],
  [
    'model ids',
    'LongCat-2.0 LongCat-2.5-Preview meituan-longcat/LongCat-Flash-Chat claude-sonnet-4-5-20250929',
  ],
  [
    'ids of calls',
    'call_7a8008d63ce549a48e282846 toolu_01A09q90qw90lq917835lq9 msg_013Zva2CMHLNnjNjJKqJ2EF',
  ],
  [
    'talk of keys',
    'Send Authorization: Bearer <token>, or Bearer YOUR_API_KEY, or Bearer authentication as usual.',
  ],
  [
    'a line of an integrity file',
    'sha512-ECnFmmGFBCf1rDz2uyG4h2q2xAqJYhXeOqGqXYbPJCR1OVL4FVzGNnmVMdRA6z1mnVDRxVCfRZ0bJEBJ8GJ9TQ==',
  ],
  ['a mention of PEM', 'if (text.startsWith("-----BEGIN PRIVATE KEY-----")) return "pem";'],
  [
    'a path',
    '/usr/lib/node_modules/@anthropic-ai/claude-code/node_modules/desk-widgets-2024-abc/ask_user.py',
  ],
])('there is no secret in %s', (_, text) => {
  expect(rulesOf(say(text))).toEqual([]);
});

it.each([
  ['base64', picture.toString('base64').repeat(60)],
  ['spaces', ' '.repeat(5_000_000)],
  ['one letter', 'a'.repeat(5_000_000)],
  ['a text of JSON', `{"a": "${'x'.repeat(5_000_000)}"`],
])('megabytes of %s are searched too', (_, text) => {
  expect(rulesOf(redactRequest(say(`${text} ${key}`), compileRedactions([])))).toHaveLength(2);
});

it('there is no secret in the shipped fixtures and in this code', () => {
  const folders = ['../../fixtures', '../../src/recording', '../../src/http', '../../src/contract'];
  for (const folder of folders.map((path) => new URL(`${path}/`, import.meta.url))) {
    for (const name of readdirSync(folder).filter((file) => /\.(ts|ya?ml|json)$/.test(file))) {
      expect([name, rulesOf(say(readFileSync(new URL(name, folder), 'utf8')))]).toEqual([name, []]);
    }
  }
});
