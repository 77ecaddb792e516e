import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { expect, it } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Everything the library's entry needs, and what of it is not in the bundle. */
async function listExternals(): Promise<{ path: string; importer: string; kind: string }[]> {
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
    imports.filter(({ external }) => external).map(({ path, kind }) => ({ path, importer, kind })),
  );
}

it('Node is needed by the listener, for brotli bodies and a tokenizer alone, and is loaded when they are', async () => {
  const externals = await listExternals();

  expect(externals.filter(({ importer }) => importer !== 'src/http/listen.ts')).toEqual([
    { path: 'node:zlib', importer: 'src/http/decompress.ts', kind: 'dynamic-import' },
    { path: 'node:stream', importer: 'src/http/decompress.ts', kind: 'dynamic-import' },
    { path: 'node:worker_threads', importer: 'src/tokenizer/thread.ts', kind: 'dynamic-import' },
  ]);
});
