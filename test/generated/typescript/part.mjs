import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { capture, run } from '../command.mjs';
import { createTally, readJunit } from '../tally.mjs';
import { addMember } from './add-member.mjs';

/** openapi-typescript and openapi-fetch. */
export async function test({ root, folder, made, mock }) {
  const tally = createTally();
  const client = join(made, 'client');
  if (!tally.check('npm ci', install(folder))) return tally.counts;

  const types = join(client, 'longcat.ts');
  mkdirSync(client, { recursive: true });
  const said = generate(folder, join(root, 'openapi/longcat.yaml'), types);
  if (!tally.check('openapi-typescript takes the document', said)) return tally.counts;
  const complaints = compile(folder, ['-p', 'tsconfig.json']);
  if (!tally.check('tsc takes client and type tests, strictly', complaints)) return tally.counts;

  const report = join(client, 'report.xml');
  const reporters = [
    ...['--test-reporter=spec', '--test-reporter-destination=stdout'],
    ...['--test-reporter=junit', `--test-reporter-destination=${report}`],
  ];
  const file = join(client, 'built/talk.js');
  run(process.execPath, ['--test', ...reporters, file], { env: { MOCK_URL: mock.url } });
  tally.add(readJunit(report));
  tally.check(
    'a member added to the contract reaches the client',
    addMember({ root, made, folder }),
  );
  return tally.counts;
}

/** Writes the types; what the generator complained of. */
export function generate(folder, document, types) {
  const program = join(folder, 'node_modules/openapi-typescript/bin/cli.js');
  const { status, output } = capture(process.execPath, [program, document, '--output', types]);
  return status === 0 && !/warn/i.test(output) ? '' : output;
}

export function compile(folder, args) {
  const program = join(folder, 'node_modules/typescript/bin/tsc');
  return capture(process.execPath, [program, ...args], { cwd: folder }).output;
}

function install(folder) {
  const marker = join(folder, 'node_modules/.installed');
  const wanted = readFileSync(join(folder, 'package-lock.json'), 'utf8');
  if (existsSync(marker) && readFileSync(marker, 'utf8') === wanted) return '';
  const flags = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  const { status, output } = capture('npm', ['ci', ...flags], { cwd: folder });
  if (status !== 0) return output;
  writeFileSync(marker, wanted);
  return '';
}
