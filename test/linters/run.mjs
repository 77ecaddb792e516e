// Has Redocly and Spectral judge the documents in openapi/: what they only warn of fails, too.
// "npm ci --ignore-scripts" in this folder fetches them.
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const here = fileURLToPath(new URL('.', import.meta.url));
const scratch = mkdtempSync(join(tmpdir(), 'longcat-mock-linters-'));
const run = promisify(execFile);

const linters = { Redocly: lintWithRedocly, Spectral: lintWithSpectral };
const documents = ['longcat.yaml', 'longcat.json', 'admin.yaml', 'admin.json'];
let [passed, failed] = [0, 0];

for (const [name, lint] of Object.entries(linters)) {
  for (const document of documents) {
    const problems = await lint(join(here, '../../openapi', document));
    report(`${name} finds nothing in ${document}`, problems.length === 0, problems);
  }
  const problems = await lint(spoil('longcat.json'));
  report(`${name} finds what is wrong with a spoiled document`, problems.length >= 2);
}
rmSync(scratch, { recursive: true });
process.stdout.write(`${passed} passed, ${failed} failed, 0 skipped\n`);
process.exitCode = failed === 0 ? 0 : 1;

function report(title, isSo, problems = []) {
  if (isSo) passed += 1;
  else failed += 1;
  process.stdout.write(`${isSo ? 'ok' : 'FAILED'}: ${title}\n`);
  for (const problem of problems) process.stdout.write(`  ${problem}\n`);
}

/** Proves that a linter which finds nothing has looked. */
function spoil(document) {
  const file = join(scratch, document);
  const spoiled = JSON.parse(readFileSync(join(here, '../../openapi', document)));
  spoiled.components.schemas.ChatUsage.type = 'no type';
  spoiled.paths['/openai/v1/models'].get.responses = {};
  writeFileSync(file, JSON.stringify(spoiled));
  return file;
}

async function lintWithRedocly(file) {
  const config = join(here, 'redocly.yaml');
  const text = await read('redocly', ['lint', file, '--config', config, '--format', 'json']);
  const { problems } = JSON.parse(text.slice(text.indexOf('{')));
  return problems.map(({ ruleId, message, location: [{ pointer } = {}] }) =>
    [ruleId, pointer, message].join(' '),
  );
}

async function lintWithSpectral(file) {
  const ruleset = join(here, 'spectral.yaml');
  const text = await read('spectral', ['lint', file, '--ruleset', ruleset, '--format', 'json']);
  const problems = JSON.parse(text.slice(text.indexOf('['), text.lastIndexOf(']') + 1));
  return problems.map(({ code, path, message }) => [code, path.join('/'), message].join(' '));
}

/** What a linter prints; it ends with 1 when it finds something. */
async function read(command, flags) {
  const bin = join(here, 'node_modules/.bin', command);
  const env = { ...process.env, REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' };
  const options = { env, maxBuffer: 2 ** 26 };
  const { stdout } = await run(bin, flags, options).catch((error) => {
    if (error.code !== 1) throw error;
    return error;
  });
  return stdout;
}
