import { mkdirSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { buildDocument } from './document.ts';

export interface RenderedFile {
  /** From the root of the project. */
  readonly path: string;
  readonly text: string;
}

/** The committed forms of the document. */
export function renderFiles(version: string): readonly RenderedFile[] {
  const document = buildDocument({ version });
  return [
    { path: 'openapi/longcat.json', text: `${JSON.stringify(document, null, 2)}\n` },
    {
      path: 'openapi/longcat.yaml',
      text: stringify(document, layout),
    },
  ];
}

/** One line for one string, and every example in full where it stands. */
const layout = {
  lineWidth: 0,
  doubleQuotedMinMultiLineLength: Number.MAX_SAFE_INTEGER,
  aliasDuplicateObjects: false,
};

/** The paths of the files under `root` that are missing or not as rendered. */
export function listOutdated(files: readonly RenderedFile[], root: string): readonly string[] {
  return files
    .filter(({ path, text }) => readText(join(root, path)) !== text)
    .map(({ path }) => path);
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
  for (const path of outdated) {
    process.stderr.write(`${path} is out of date. Run "npm run openapi" and commit the result.\n`);
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
