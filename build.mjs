// Bundles the command and the library into dist/, and writes the library's declarations.
import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, readdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(fileURLToPath(import.meta.url));
const ifPossible = process.argv.includes('--if-possible');
const watch = process.argv.includes('--watch');
const bundleOnly = process.argv.includes('--bundle-only');

const esbuild = await import('esbuild').catch(() => undefined);
if (!esbuild) {
  const words = 'longcat-mock: not built, because the development dependencies are not installed.';
  process.stderr.write(`${words} Run "npm ci" for a runnable command.\n`);
  process.exit(ifPossible ? 0 : 1);
}

/** Packages ask for zod both as `zod` and `zod/v3`: one copy serves all. */
const oneZod = {
  name: 'one-zod',
  setup(build) {
    build.onResolve({ filter: /^zod(\/v3)?$/ }, () => ({
      path: join(root, 'node_modules/zod/v3/index.js'),
    }));
  },
};

const options = {
  absWorkingDir: root,
  entryPoints: { cli: 'src/cli/main.ts', index: 'src/index.ts' },
  outdir: 'dist',
  bundle: true,
  splitting: true,
  minify: true,
  keepNames: true,
  sourcemap: 'linked',
  sourcesContent: false,
  platform: 'node',
  format: 'esm',
  target: 'node20',
  legalComments: 'linked',
  plugins: [oneZod],
  // Some bundled packages are CommonJS and call require for Node's own modules.
  banner: {
    js: "import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);",
  },
  logLevel: 'warning',
};

if (watch) {
  const context = await esbuild.context({ ...options, minify: false });
  await context.watch();
  spawn(process.execPath, ['--watch', 'dist/cli.js'], { cwd: root, stdio: 'inherit' });
} else {
  const { metafile } = await esbuild.build({ ...options, metafile: true });
  chmodSync(join(root, 'dist/cli.js'), 0o755);
  removeStale(new Set(Object.keys(metafile.outputs)));
  if (!bundleOnly) process.exit(writeDeclarations());
}

/** What an earlier build left goes last, so that a command that runs meanwhile finds its files. */
function removeStale(outputs) {
  for (const { name, isFile } of listFiles('dist')) {
    if (isFile && !outputs.has(`dist/${name}`)) rmSync(join(root, 'dist', name), { force: true });
  }
}

function listFiles(folder) {
  const entries = readdirSync(join(root, folder), { withFileTypes: true });
  return entries.map((entry) => ({ name: entry.name, isFile: entry.isFile() }));
}

function writeDeclarations() {
  rmSync(join(root, 'dist/types'), { recursive: true, force: true });
  const tsc = join(root, 'node_modules/typescript/bin/tsc');
  const flags = ['-p', 'tsconfig.build.json'];
  return spawnSync(process.execPath, [tsc, ...flags], { cwd: root, stdio: 'inherit' }).status ?? 1;
}
