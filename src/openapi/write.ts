import { mkdirSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { buildAdminDocument } from './admin/document.ts';
import { buildDocument } from './document.ts';

export interface RenderedFile {
  /** From the root of the project. */
  readonly path: string;
  readonly text: string;
}

/** The committed forms of the documents. */
export function renderFiles(version: string): readonly RenderedFile[] {
  const documents = {
    longcat: buildDocument({ version }),
    admin: buildAdminDocument({ version }),
  };
  return Object.entries(documents).flatMap(([name, document]) => [
    { path: `openapi/${name}.json`, text: `${JSON.stringify(document, null, 2)}\n` },
    { path: `openapi/${name}.yaml`, text: stringify(document, layout) },
  ]);
}

/** One line for one string, and every example in full where it stands. */
const layout = {
  lineWidth: 0,
  doubleQuotedMinMultiLineLength: Number.MAX_SAFE_INTEGER,
  aliasDuplicateObjects: false,
};

export interface Outdated {
  readonly path: string;
  /** What is different, in words. */
  readonly difference: string;
}

/** The files under `root` that are missing or not as rendered. */
export function listOutdated(files: readonly RenderedFile[], root: string): readonly Outdated[] {
  return files.flatMap(({ path, text }) => {
    const found = readText(join(root, path));
    if (found === undefined) return [{ path, difference: 'There is no such file.' }];
    return found === text ? [] : [{ path, difference: describeDifference(found, text) }];
  });
}

function describeDifference(found: string, wanted: string): string {
  const [lines, others] = [found, wanted].map((text) => text.split('\n'));
  const index = others?.findIndex((line, at) => line !== lines?.[at]) ?? 0;
  const at = index < 0 ? (others?.length ?? 0) : index; // the file goes on where it should end
  const [was, is] = [lines?.[at], others?.[at]].map((line) =>
    line === undefined ? 'nothing' : JSON.stringify(line.trim()),
  );
  return `Line ${at + 1} is ${was}, and should be ${is}.`;
}

/** Writes the files, or only checks them; returns the exit code. */
function main(flags: readonly string[], root: string): number {
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const files = renderFiles(version);
  if (flags.includes('--check')) return check(files, root);

  mkdirSync(join(root, 'openapi'), { recursive: true });
  for (const { path, text } of files) writeFileSync(join(root, path), text);
  return 0;
}

function check(files: readonly RenderedFile[], root: string): number {
  const outdated = listOutdated(files, root);
  for (const { path, difference } of outdated) {
    const remedy = 'Run "npm run openapi" and commit the result.';
    process.stderr.write(`${path} is out of date. ${difference} ${remedy}\n`);
  }
  return outdated.length === 0 ? 0 : 1;
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
  process.exitCode = main(flags, process.cwd());
}
