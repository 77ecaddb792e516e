// Makes the declarations stand by themselves: a user installs this package and no other.
import { cpSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

const importPattern = /(\bfrom\s*|\bimport\s*\(?\s*)(['"])([^'"]+)\2/g;

/** Ships what the entries of `exports` reach, and with it the declarations of zod. */
export function shipDeclarations(root) {
  const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const zod = join(root, 'dist/types/zod');
  cpSync(join(root, 'node_modules/zod/v3'), zod, { recursive: true, filter: isZodDeclaration });
  cpSync(join(root, 'node_modules/zod/LICENSE'), join(zod, 'LICENSE'));

  const reached = new Set();
  for (const entry of Object.values(manifest.exports)) {
    if (entry.types) visit(join(root, entry.types), { reached, zod, manifest });
  }
  for (const file of listDeclarations(join(root, 'dist'))) {
    if (!reached.has(file) && !file.startsWith(zod)) rmSync(file);
  }
}

function isZodDeclaration(path) {
  return !/\.[cm]?[jt]s$/.test(path) || path.endsWith('.d.cts');
}

function visit(file, context) {
  const { reached, zod, manifest } = context;
  if (reached.has(file)) return;
  reached.add(file);
  const text = readFileSync(file, 'utf8');
  for (const [, , , specifier] of text.matchAll(importPattern)) {
    if (specifier.startsWith('.')) visit(resolve(file, specifier), context);
  }
  const own = text.replaceAll(importPattern, (whole, start, quote, specifier) => {
    if (!/^zod(\/v3)?$/.test(specifier)) return whole;
    const path = relative(dirname(file), join(zod, 'index.cjs')).replaceAll('\\', '/');
    return `${start}${quote}${path.startsWith('.') ? path : `./${path}`}${quote}`;
  });
  writeFileSync(file, excuse(own, { file, manifest }));
}

function resolve(file, specifier) {
  const found = join(dirname(file), specifier.replace(/\.([cm]?)[jt]s$/, '.d.$1ts'));
  if (existsSync(found)) return found;
  throw new Error(`${file} imports "${specifier}", which has no declarations.`);
}

/** Types of these packages are seen by those who have them; for others they are `any`. */
const excused = ['hono', 'undici'];

function excuse(text, { file, manifest }) {
  const known = Object.keys({ ...manifest.dependencies, ...manifest.peerDependencies });
  const lines = text.split('\n').map((line) => {
    const [[, , , specifier = '.'] = []] = line.matchAll(importPattern);
    const name = specifier.match(/^(@[^/]+\/)?[^/]+/)?.[0];
    if (/^(\.|node:)/.test(specifier)) return line;
    if (excused.includes(name) && /^(import|export) .* from /.test(line)) {
      return `// @ts-ignore: where it is not installed, its types are any\n${line}`;
    }
    if (known.includes(name)) return line;
    throw new Error(`${file} imports "${specifier}", which is not installed with the package.`);
  });
  return lines.join('\n');
}

function listDeclarations(folder) {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.d\.[cm]?ts$/.test(name))
    .map((name) => join(folder, name));
}
