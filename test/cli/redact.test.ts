import { chmodSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { type RedactOptions, redact } from '../../src/cli/commands/redact.ts';
import type { JsonObject } from '../../src/exchange/json.ts';
import { parseCassette, renderCassette } from '../../src/recording/document.ts';
import { keyOf } from '../../src/recording/key.ts';
import { someCassette, someRecording } from '../recording/some-cassette.ts';
import { makeFolder } from '../scenario/folder.ts';
import { run } from './command.ts';
import { collectStreams } from './streams.ts';

const key = ['ak', '2fQ7xLm9Vb4Kc8Zs1Rt6Wy3Np5Hd'].join('_');

function cassetteOf(...requests: readonly JsonObject[]): string {
  return renderCassette(someCassette(...requests.map((request) => someRecording({ request }))));
}

async function apply(folder: string, options: Partial<RedactOptions> = {}) {
  const { streams, written } = collectStreams();
  const all = {
    paths: [folder],
    check: false,
    redactions: [],
    format: 'text',
    credentials: [],
  } as const;
  const code = await redact({ ...all, ...options }, streams);
  return { code, out: written.out.replaceAll(`${folder}/`, ''), err: written.err };
}

const remedy =
  'Run "longcat-mock redact" to leave it out, with --redact PATTERN or --redact member:NAME for what it does not know. A key that was committed has to be replaced.';

it('cassettes without secrets pass', async () => {
  const folder = makeFolder({
    'a.json': cassetteOf({ model: 'x' }),
    'b/c.json': cassetteOf(),
    'x.schema.json': '',
  });

  expect(await apply(folder, { check: true })).toEqual({
    code: 0,
    out: '',
    err: '0 problems in 2 cassettes.\n',
  });
});

it('secrets are listed with file, path and rule, and files stay as they are', async () => {
  const text = cassetteOf(
    { model: 'x' },
    { api_key: 'hunter2', messages: [{ content: `is ${key}` }] },
  );
  const folder = makeFolder({ 'a.json': text });

  expect(await apply(folder, { check: true })).toEqual({
    code: 1,
    out: `a.json: recordings[1].request.messages[0].content contains a LongCat key (ak_…).
a.json: recordings[1].request.api_key contains what is to be redacted.
`,
    err: `2 problems in 1 cassette.\n${remedy}\n`,
  });
  expect(readFileSync(join(folder, 'a.json'), 'utf8')).toBe(text);
});

it('a credential of the environment is looked for', async () => {
  const folder = makeFolder({ 'a.json': cassetteOf({ model: 'correct horse battery' }) });
  const credentials = [{ source: 'LONGCAT_API_KEY', value: 'horse battery' }];

  expect((await apply(folder, { check: true, credentials })).out).toBe(
    'a.json: recordings[0].request.model contains the value of LONGCAT_API_KEY.\n',
  );
});

it('what is found has a form for programs, and one for GitHub', async () => {
  const folder = makeFolder({ 'a.json': cassetteOf({ text: key }), 'b.json': '{' });
  const as = async (format: RedactOptions['format']) =>
    (await apply(folder, { check: true, format })).out;

  expect(JSON.parse((await as('json')).replaceAll(folder, '.'))).toMatchObject([
    { path: 'recordings[0].request.text', rule: 'a LongCat key (ak_…)' },
    { line: 1, column: 2 },
  ]);
  expect(await as('github')).toBe(
    `::error file=a.json,line=1,col=1::recordings[0].request.text contains a LongCat key (ak_…)
::error file=b.json,line=1,col=2::It is not JSON: expected a name in double quotes or "}", found the end of the file
`,
  );
});

it('secrets are left out of the files, and the request is found under its key', async () => {
  const request = { messages: [{ content: `is ${key}` }], password: 'hunter2' };
  const folder = makeFolder({
    'a.json': cassetteOf(request),
    'b.json': cassetteOf({ model: 'x' }),
  });
  chmodSync(join(folder, 'a.json'), 0o640);
  const before = statSync(join(folder, 'b.json'));

  expect(await apply(folder, { redactions: ['ak_\\w+'] })).toEqual({
    code: 0,
    out: `a.json: recordings[0].request.messages[0].content was redacted.
a.json: recordings[0].request.password was redacted.
`,
    err: '0 problems in 2 cassettes.\n',
  });
  const [recording] = parseCassette(readFileSync(join(folder, 'a.json'), 'utf8'), 'a').recordings;
  const clean = { messages: [{ content: 'is [redacted]' }], password: '[redacted]' };
  expect(recording?.request).toEqual(clean);
  expect(recording?.key).toBe(await keyOf({ ...someRecording(), request: clean }));
  expect(statSync(join(folder, 'a.json')).mode & 0o777).toBe(0o640);
  expect(statSync(join(folder, 'b.json')).ino).toBe(before.ino);
  expect(readdirSync(folder)).toEqual(['a.json', 'b.json']);
  expect(await apply(folder, { check: true, redactions: ['ak_\\w+'] })).toMatchObject({ code: 0 });
});

it('what redaction does not know is told after it, and ends with 1', async () => {
  const folder = makeFolder({ 'a.json': cassetteOf({ text: key }) });

  expect(await apply(folder)).toMatchObject({
    code: 1,
    out: 'a.json: recordings[0].request.text contains a LongCat key (ak_…).\n',
  });
});

it('files that are no cassettes are told with their place, and the others are done', async () => {
  const broken = renderCassette({ ...someCassette(), match: { ignore: ['seed'], replace: [] } });
  const folder = makeFolder({
    'a.json': '{\n  "version": 1,\n}',
    'b.json': '{}',
    'c.json': new Uint8Array([0xff]),
    'd.json': broken,
    'e.json': cassetteOf({ password: 'hunter2' }),
  });
  const { code, out } = await apply(folder);

  expect(code).toBe(1);
  expect(out.replaceAll(`${folder}/`, '').split('\n')).toEqual([
    'a.json:3:1: It is not JSON: expected a name in double quotes, found "}".',
    'b.json: version: It is missing: expected 1.',
    'b.json: recordedWith: It is missing: expected object.',
    'b.json: upstream: It is missing: expected string.',
    'b.json: recordings: It is missing: expected array.',
    'c.json: It is not UTF-8.',
    'd.json: match: Cannot ignore "seed": expected a JSONPath that begins with $.',
    'e.json: recordings[0].request.password was redacted.',
    '',
  ]);
});

it('the command takes a folder, patterns and names', async () => {
  const folder = makeFolder({ 'a.json': cassetteOf({ tenant: 'x', text: 'id-12 4horse' }) });
  const rules = ['--redact', 'member:tenant', '--redact', 'id-\\d{1,3}'];

  expect(await run(['redact', '--cassettes', folder, ...rules])).toMatchObject({ code: 0 });
  expect(readFileSync(join(folder, 'a.json'), 'utf8')).toContain(
    '"request": { "tenant": "[redacted]", "text": "[redacted] 4horse" }',
  );
  expect(await run(['redact', join(folder, 'none')])).toEqual({
    code: 2,
    stdout: '',
    stderr: `error: There is no file or folder "${join(folder, 'none')}".\n`,
  });
  expect((await run(['redact', folder, '--check'])).code).toBe(0);
  expect((await run(['redact', folder, '--check'], { LONGCAT_API_KEY: 'd] 4horse' })).code).toBe(1);
  expect((await run(['redact', folder, '--redact', '('])).stderr).toContain('Cannot redact "(": ');
});
