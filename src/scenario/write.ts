import { mkdirSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { renderSchema, schemaPath } from './json-schema.ts';
import { readLibrary } from './library.ts';
import { loadFixtures } from './load.ts';
import { hasErrors, renderProblems } from './problem.ts';
import { renderBuilt } from './shipped.ts';

/** Writes the library for the bundle, or the JSON Schema, or only checks that; returns the exit code. */
async function main(flags: readonly string[]): Promise<number> {
  if (!flags.includes('--schema')) return writeLibrary('fixtures', 'dist/fixtures');
  return flags.includes('--check') ? checkSchema() : writeSchema();
}

async function writeLibrary(source: string, target: string): Promise<number> {
  const loaded = await loadFixtures([source]);
  const { entries, problems } = readLibrary(loaded.files, loaded.problems);
  process.stderr.write(renderProblems(problems, 'text'));
  if (hasErrors(problems)) return 1;
  const files = renderBuilt(entries);
  mkdirSync(target, { recursive: true });
  for (const [name, text] of files) writeFileSync(join(target, name), text);
  for (const name of readdirSync(target)) if (!files.has(name)) rmSync(join(target, name));
  return 0;
}

function writeSchema(): number {
  mkdirSync(dirname(schemaPath), { recursive: true });
  writeFileSync(schemaPath, renderSchema());
  return 0;
}

function checkSchema(): number {
  if (readText(schemaPath) === renderSchema()) return 0;
  const remedy = 'Run "node build.mjs --schema" and commit the result.';
  process.stderr.write(`${schemaPath} is out of date. ${remedy}\n`);
  return 1;
}

/** `undefined` when there is no such file. */
function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

const [, program, ...flags] = process.argv;
if (program && realpathSync(program) === import.meta.filename) {
  process.exitCode = await main(flags);
}
