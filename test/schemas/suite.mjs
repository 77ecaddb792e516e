import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { compile } from './judge.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const cache = join(here, 'node_modules/.cache/json-schema-test-suite');

/** The groups of one draft of the JSON-Schema-Test-Suite, the optional ones included. */
export function readSuite(draft, dialect) {
  fetchSuite();
  const folder = join(cache, 'tests', draft);
  return readdirSync(folder, { recursive: true })
    .filter((file) => file.endsWith('.json'))
    .sort()
    .flatMap((file) => readGroups(join(folder, file)).map((group) => toCase(file, group, dialect)));
}

function readGroups(file) {
  return JSON.parse(readFileSync(file, 'utf8'));
}

function toCase(file, { description, schema, tests }, dialect) {
  const isNamed = typeof schema === 'object' && schema.$schema === undefined;
  const asked = isNamed && dialect ? { $schema: dialect, ...schema } : schema;
  return {
    path: `${file}: ${description}`,
    schema: asked,
    isSatisfiable: tests.some(({ valid }) => valid),
    isMisjudged: isMisjudged(asked, tests),
  };
}

/** Whether Ajv decides one of the suite's own tests otherwise: then its verdict counts for nothing. */
function isMisjudged(schema, tests) {
  const { explain } = compile(schema);
  return (
    Boolean(explain) && tests.some(({ data, valid }) => valid !== (explain(data) === undefined))
  );
}

/** Downloads the archive with pip, in an environment of its own, and unpacks the tests once. */
function fetchSuite() {
  if (existsSync(join(cache, 'tests/draft2020-12'))) return;
  const environment = join(here, '.venv');
  const downloads = join(environment, 'downloads');
  const interpreter = join(environment, 'bin/python');
  const pip = ['-m', 'pip', 'download', '--quiet', '--disable-pip-version-check', '--no-deps'];
  const wanted = ['--no-binary', 'jsonschema', '--requirement', join(here, 'requirements.txt')];
  run('python3', ['-m', 'venv', environment]);
  run(interpreter, [...pip, ...wanted, '--dest', downloads]);
  const [archive] = readdirSync(downloads).filter((file) => file.endsWith('.tar.gz'));
  mkdirSync(cache, { recursive: true });
  const inside = `${archive.replace('.tar.gz', '')}/json`;
  run('tar', ['xzf', join(downloads, archive), '-C', cache, '--strip-components=2', inside]);
}

function run(command, args) {
  const { status } = spawnSync(command, args, { stdio: ['ignore', 'inherit', 'inherit'] });
  if (status !== 0) throw new Error(`"${command} ${args.join(' ')}" failed.`);
}
