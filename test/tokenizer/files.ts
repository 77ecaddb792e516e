import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The path of a file that says this, in a folder of its own. */
export function writeFile(text: string): string {
  const path = join(mkdtempSync(join(tmpdir(), 'longcat-mock-')), 'tokenizer.json');
  writeFileSync(path, text);
  return path;
}
