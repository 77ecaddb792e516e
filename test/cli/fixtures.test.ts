import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { explain } from '../../src/cli/commands/explain.ts';
import { init } from '../../src/cli/commands/init.ts';
import { scenarios } from '../../src/cli/commands/scenarios.ts';
import { schema } from '../../src/cli/commands/schema.ts';
import { validate } from '../../src/cli/commands/validate.ts';
import { renderSchema as renderCassetteSchema } from '../../src/recording/json-schema.ts';
import { renderSchema } from '../../src/scenario/json-schema.ts';
import { makeFolder, oneFixture, writeInto } from '../scenario/folder.ts';
import { collectStreams } from './streams.ts';

const own = `version: 1
scenario: mine
description: One of mine.
provenance: observed
source: A log
fixtures: [{ id: mine.answer, respond: {} }]
`;

it('validate ends with 0 when there is nothing to say, and says how much it read', async () => {
  const folder = makeFolder({ 'a.yaml': oneFixture('a'), 'b.yaml': oneFixture('b') });
  const { streams, written } = collectStreams();

  expect(await validate({ paths: [folder], format: 'text' }, streams)).toBe(0);
  expect(written).toEqual({ out: '', err: 'No errors in 2 fixtures of 2 files.\n' });
});

it.each([
  [
    'text',
    (file: string) => `${file}:2:1: error: Unknown key "fixtrues". Did you mean "fixtures"?\n`,
  ],
  [
    'github',
    (file: string) =>
      `::error file=${file},line=2,col=1::Unknown key "fixtrues". Did you mean "fixtures"?\n`,
  ],
  [
    'json',
    (file: string) =>
      `${JSON.stringify(
        [
          {
            severity: 'error',
            file,
            line: 2,
            column: 1,
            message: 'Unknown key "fixtrues"',
            fix: 'Did you mean "fixtures"?',
          },
        ],
        null,
        2,
      )}\n`,
  ],
] as const)('validate ends with 1 and tells problems as %s', async (format, render) => {
  const folder = makeFolder({ 'a.yaml': 'version: 1\nfixtrues: []\n' });
  const { streams, written } = collectStreams();

  expect(await validate({ paths: [folder], format }, streams)).toBe(1);
  expect(written).toEqual({ out: render(join(folder, 'a.yaml')), err: '' });
});

it('validate tells impossible answers', async () => {
  const folder = makeFolder({ 'a.yaml': oneFixture('a') });
  const { streams, written } = collectStreams();
  const checkStep = () => ['no such answer'];

  expect(await validate({ paths: [folder], format: 'text', checkStep }, streams)).toBe(1);
  expect(written.out).toContain('a.yaml:4:14: error: Impossible answer: no such answer\n');
});

it('validate tells a warning and ends with 0', async () => {
  const respond = '[{ error: internal_error }, { text: a }, { text: b }]';
  const folder = makeFolder({ 'a.yaml': oneFixture('a', respond) });
  const { streams, written } = collectStreams();

  expect(await validate({ paths: [folder], format: 'text' }, streams)).toBe(0);
  expect(written.out).toContain('a.yaml:4:15: warning: ');
});

it('validate ends with 2 when there is no fixture file', async () => {
  const folder = makeFolder({ 'notes.md': '' });
  const { streams, written } = collectStreams();

  expect(await validate({ paths: [folder], format: 'text' }, streams)).toBe(2);
  expect(written.err).toContain(`No fixture files in ${folder}.`);
});

it('schema prints what the package holds', () => {
  const { streams, written } = collectStreams();

  expect(schema('fixture', streams)).toBe(0);
  expect(written.out).toBe(renderSchema());
});

it('schema prints that of cassettes when asked', () => {
  const { streams, written } = collectStreams();

  expect(schema('cassette', streams)).toBe(0);
  expect(written.out).toBe(renderCassetteSchema());
});

it('init writes an example that is valid, and a schema where none is installed', async () => {
  const folder = makeFolder();
  const { streams, written } = collectStreams();
  const example = join(folder, 'longcat-mock/example.longcat.yaml');

  expect(await init(folder, streams)).toBe(0);
  expect(written.out).toContain(`Wrote ${example}\n`);
  expect(readFileSync(example, 'utf8')).toMatch(
    /^# yaml-language-server: \$schema=\.\/fixture\.schema\.json\n/,
  );
  expect(readFileSync(join(folder, 'longcat-mock/fixture.schema.json'), 'utf8')).toBe(
    renderSchema(),
  );
  const checked = collectStreams();
  const paths = [join(folder, 'longcat-mock')];
  expect(await validate({ paths, format: 'text' }, checked.streams)).toBe(0);
  expect(checked.written.out).toBe('');
});

it('init points at the schema of the package where it is installed', async () => {
  const folder = makeFolder({ 'node_modules/longcat-mock/fixtures/fixture.schema.json': '{}' });
  const workspace = join(folder, 'packages/app');
  await init(workspace, collectStreams().streams);

  expect(readFileSync(join(workspace, 'longcat-mock/example.longcat.yaml'), 'utf8')).toMatch(
    /^# yaml-language-server: \$schema=\.\.\/\.\.\/\.\.\/node_modules\/longcat-mock\/fixtures\/fixture\.schema\.json\n/,
  );
  expect(existsSync(join(workspace, 'longcat-mock/fixture.schema.json'))).toBe(false);
});

it('init keeps a file that is there', async () => {
  const folder = makeFolder({ 'longcat-mock/example.longcat.yaml': 'mine' });
  const { streams, written } = collectStreams();

  expect(await init(folder, streams)).toBe(0);
  expect(written.out).toContain('Kept ');
  expect(readFileSync(join(folder, 'longcat-mock/example.longcat.yaml'), 'utf8')).toBe('mine');
});

it('scenarios are listed with description and provenance', async () => {
  const folder = makeFolder({ 'mine.yaml': own, 'always.yaml': oneFixture('a') });
  const { streams, written } = collectStreams();

  expect(await scenarios({ paths: [folder], json: false }, streams)).toBe(0);
  expect(written.out).toContain('mine (yours)\n    One of mine.\n    [observed: A log]\n');
});

it('scenarios are listed as JSON too', async () => {
  const folder = makeFolder({ 'mine.yaml': own });
  const { streams, written } = collectStreams();
  await scenarios({ paths: [folder], json: true }, streams);

  expect(JSON.parse(written.out)).toContainEqual({
    name: 'mine',
    from: 'user',
    description: 'One of mine.',
    provenance: 'observed',
    source: 'A log',
  });
});

it('scenarios ends with 1 when a file cannot be read', async () => {
  const folder = makeFolder({ 'bad.yaml': 'version: 2' });
  const { streams, written } = collectStreams();

  expect(await scenarios({ paths: [folder], json: false }, streams)).toBe(1);
  expect(written.err).toContain('bad.yaml:1:10: error: Invalid version 2');
});

it('explain says what a file does', async () => {
  const folder = makeFolder({ 'mine.yaml': own });
  const { streams, written } = collectStreams();

  expect(await explain(join(folder, 'mine.yaml'), {}, streams)).toBe(0);
  expect(written.out).toContain('Scenario "mine", active when it is selected.');
  expect(written.out).toContain('mine.answer (priority 5');
});

it('explain says what is wrong with a file', async () => {
  const folder = makeFolder();
  writeInto(folder, 'bad.yaml', 'version: 2');
  const { streams, written } = collectStreams();

  expect(await explain(join(folder, 'bad.yaml'), {}, streams)).toBe(1);
  expect(written.out).toBe('');
  expect(written.err).toContain('bad.yaml:1:10: error: Invalid version 2');
});

it('explain asks a running mock about a request id, or says that it needs one', async () => {
  const { streams, written } = collectStreams();

  expect(await explain('req_1', {}, streams)).toBe(2);
  expect(written.err).toContain('name it with --port');
  expect(await explain('none.yaml', { explainRequest: async () => 0 }, streams)).toBe(2);
  expect(await explain('req_1', { explainRequest: async () => 0 }, streams)).toBe(0);
});
