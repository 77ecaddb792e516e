import { cpSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { capture } from '../command.mjs';
import { compile, generate } from './part.mjs';

const schema = 'src/contract/model-list.ts';
const anchor = 'object: z.literal(';
const use = `import type { components } from './longcat.ts';
export const lives: number = (null as unknown as components['schemas']['ListedModel']).lives;
`;

/** Adds a member to one schema in a copy of the project, then writes document and types there. */
export function addMember({ root, made, folder }) {
  const copy = join(made, 'client/copy');
  rmSync(copy, { recursive: true, force: true });
  for (const name of ['src', 'openapi', 'scripts', 'build.mjs', 'package.json']) {
    cpSync(join(root, name), join(copy, name), { recursive: true });
  }
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'), 'junction');
  const before = findFault(copy, folder);
  if (!before.includes("'lives' does not exist")) return `Without the member: ${before}`;

  const source = readFileSync(join(copy, schema), 'utf8');
  if (!source.includes(anchor)) return `${schema} no longer has "${anchor}": mend this test.`;
  writeFileSync(join(copy, schema), source.replace(anchor, `lives: z.number(), ${anchor}`));
  const { status, output } = capture(process.execPath, ['build.mjs', '--openapi'], { cwd: copy });
  return status === 0 ? findFault(copy, folder) : output;
}

/** What is wrong with a client that uses the member. */
function findFault(copy, folder) {
  const said = generate(folder, join(copy, 'openapi/longcat.yaml'), join(copy, 'longcat.ts'));
  if (said) return said;
  writeFileSync(join(copy, 'use.ts'), use);
  const flags = ['--noEmit', '--strict', '--allowImportingTsExtensions', '--module', 'NodeNext'];
  return compile(folder, [...flags, join(copy, 'use.ts')]);
}
