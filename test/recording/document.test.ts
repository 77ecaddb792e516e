import fc from 'fast-check';
import { expect, it } from 'vitest';
import { checkCassette, parseCassette, renderCassette } from '../../src/recording/document.ts';
import { findJsonFault } from '../../src/recording/json-fault.ts';
import { renderJson } from '../../src/recording/pretty.ts';
import { anyJson, writeText } from '../fuzz/json.ts';
import { patience, runs } from '../fuzz/runs.ts';
import { someCassette, someRecording } from './some-cassette.ts';

it('a cassette is read as it was written', () => {
  const cassette = someCassette(someRecording());

  expect(parseCassette(renderCassette(cassette), 'chat.json')).toEqual(cassette);
});

it('members stand in one order, and what fits on a line stands on one', () => {
  const { request, response, ...rest } = someRecording();
  const text = renderCassette(someCassette({ response, request, ...rest }));

  expect(text).toBe(`{
  "version": 1,
  "recordedWith": {
    "tool": "longcat-mock",
    "version": "0.1.0",
    "matcherVersion": 1,
    "contractHash": "sha256:${'1'.repeat(64)}"
  },
  "upstream": "https://api.longcat.chat",
  "match": { "ignore": [], "replace": [] },
  "recordings": [
    {
      "id": "first",
      "recordedAt": "2026-09-01T06:20:00.000Z",
      "api": "openai",
      "endpoint": "chat.completions",
      "key": "sha256:${'0'.repeat(64)}",
      "request": { "model": "LongCat-2.0", "messages": [{ "role": "user", "content": "Hello" }] },
      "response": {
        "status": 200,
        "headers": { "content-type": "application/json" },
        "atMs": 12,
        "body": { "id": "725f48ccd59a4d0ab6261a399f1c6541", "choices": [] }
      }
    }
  ]
}
`);
});

it('a member named __proto__ of a request survives', () => {
  const request = JSON.parse('{"__proto__":{"a":1},"model":"LongCat-2.0"}');
  const text = renderCassette(someCassette(someRecording({ request })));

  const [recording] = parseCassette(text, 'chat.json').recordings;
  expect(JSON.stringify(recording?.request)).toBe(JSON.stringify(request));
});

it.each([
  ['', 'chat.json: The file is empty.'],
  ['{"a": 1,}', 'chat.json:1:9: It is not JSON: expected a name in double quotes, found "}".'],
  [
    '{\n  "a": 1\n  "b": 2\n}',
    'chat.json:3:3: It is not JSON: expected a comma or "}", found "\\"b\\": 2\\n}".',
  ],
  [
    '{"a": [1',
    'chat.json:1:9: It is not JSON: expected a comma or "]", found the end of the file.',
  ],
  [
    '{"a": "b',
    'chat.json:1:7: It is not JSON: expected a closing quote for this text, found "\\"b".',
  ],
  ['{"a": 01}', 'chat.json:1:7: It is not JSON: expected a value, found "01}".'],
  ['{} {}', 'chat.json:1:4: It is not JSON: expected the end of the file, found "{}".'],
  [
    '{\n<<<<<<< HEAD\n}',
    'chat.json:2:1: A conflict of git was left in it: "<<<<<<< HEAD\\n}". Choose one side, or delete the file and record it again.',
  ],
  [`${'['.repeat(300)}${']'.repeat(300)}`, 'chat.json: It nests deeper than 256 levels.'],
])('%j is refused with its place', (text, told) => {
  expect(() => parseCassette(text, 'chat.json')).toThrow(
    expect.objectContaining({
      code: 'invalid-config',
      message: `Cannot read the cassette "chat.json":\n  ${told}`,
    }),
  );
});

it('all that a cassette may not hold is told with its path', () => {
  const cassette = someCassette(someRecording());
  const { key: _, ...recording } = { ...someRecording(), note: 1, request: [] };
  const text = JSON.stringify({ ...cassette, version: 2, recordings: [recording] });

  expect(checkCassette(text, 'a.json')).toEqual({
    problems: [
      { file: 'a.json', path: 'version', message: 'Expected 1, found 2' },
      { file: 'a.json', path: 'recordings[0].key', message: 'It is missing: expected string' },
      { file: 'a.json', path: 'recordings[0].request', message: 'Expected a JSON object' },
      { file: 'a.json', path: 'recordings[0]', message: 'Unknown "note"' },
    ],
  });
});

it.each([[{}], [{ text: 'a', body: 1 }]])('the content of an answer is one: not %j', (content) => {
  const response = { status: 200, headers: {}, atMs: 0, ...content };
  const text = JSON.stringify(someCassette({ ...someRecording(), response }));

  expect(checkCassette(text, 'a.json')).toMatchObject({
    problems: [
      { path: 'recordings[0].response', message: 'Expected one of body, events, text and base64' },
    ],
  });
});

it(
  'any JSON is rendered as JSON that means the same',
  () => {
    fc.assert(
      fc.property(anyJson, (value) => {
        const json = JSON.parse(JSON.stringify(value));
        expect(JSON.stringify(JSON.parse(renderJson(json)))).toBe(JSON.stringify(json));
      }),
      runs(1000),
    );
  },
  patience,
);

const almostJson = fc
  .tuple(anyJson.map(writeText), fc.nat(), fc.constantFrom('', '"', ',', '\\', 'x', '1', '}', '\n'))
  .map(([text, seed, inserted]) => {
    const at = seed % (text.length + 1);
    return text.slice(0, at) + inserted + text.slice(at + (seed % 2));
  });

it(
  'a fault is found where JSON.parse finds one, and nowhere else',
  () => {
    fc.assert(
      fc.property(almostJson, (text) => {
        expect(findJsonFault(text) === undefined).toBe(isJson(text));
      }),
      runs(3000),
    );
  },
  patience,
);

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
