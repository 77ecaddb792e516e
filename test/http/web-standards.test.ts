import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { expect, it } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));

interface Import {
  readonly path: string;
  readonly importer: string;
  readonly kind: string;
  readonly external: boolean;
}

/** Every import of what the library's entry needs or may load. */
async function listImports(): Promise<readonly Import[]> {
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: ['src/index.ts'],
    bundle: true,
    write: false,
    metafile: true,
    splitting: true,
    format: 'esm',
    platform: 'browser',
    outdir: 'out',
    external: ['node:*', '@hono/node-server'],
    logLevel: 'silent',
  });
  return Object.entries(metafile.inputs).flatMap(([importer, { imports }]) =>
    imports.map(({ path, kind, external = false }) => ({ path, importer, kind, external })),
  );
}

/** The files that are loaded with an entry, whatever it is used for. */
function closeOver(entry: string, imports: readonly Import[]): ReadonlySet<string> {
  const loaded = new Set([entry]);
  for (const importer of loaded) {
    const needed = imports.filter(
      (each) => each.importer === importer && !each.external && each.kind !== 'dynamic-import',
    );
    for (const { path } of needed) loaded.add(path);
  }
  return loaded;
}

function loadsNode(loaded: ReadonlySet<string>, imports: readonly Import[]): boolean {
  return imports.some(
    ({ importer, external, kind }) => external && kind !== 'dynamic-import' && loaded.has(importer),
  );
}

it('the library loads nothing of Node, but what it is asked for: a port, files, brotli, a tokenizer', async () => {
  const imports = await listImports();
  const loaded = closeOver('src/index.ts', imports);
  const later = imports.filter(
    ({ importer, kind }) => loaded.has(importer) && kind === 'dynamic-import',
  );

  expect(loaded.size).toBeGreaterThan(50);
  expect(loadsNode(loaded, imports)).toBe(false);
  const paths = [...new Set(later.map(({ path }) => path))];
  const onNode = paths.filter(
    (path) => path.startsWith('node:') || loadsNode(closeOver(path, imports), imports),
  );
  expect(onNode.sort()).toEqual([
    'node:stream',
    'node:worker_threads',
    'node:zlib',
    'src/docs/routes.ts',
    'src/http/listen.ts',
    'src/own-fixtures.ts',
    'src/scenario/shipped.ts',
  ]);
});

it('of what is loaded later, the admin API too runs on web standards alone', async () => {
  const imports = await listImports();
  const loaded = closeOver('src/admin/routes.ts', imports);

  expect(loadsNode(loaded, imports)).toBe(false);
});
