import { readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { renderSchema, schemaPath } from './json-schema.ts';

/** Writes the JSON Schema of cassettes, or only checks that it is up to date; returns the exit code. */
function main(flags: readonly string[]): number {
  if (!flags.includes('--check')) {
    writeFileSync(schemaPath, renderSchema());
    return 0;
  }
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
if (program && realpathSync(program) === import.meta.filename) process.exitCode = main(flags);
