// Bundles the command and the library into dist/, and writes the library's declarations.
import { spawnSync } from 'node:child_process';
import { chmodSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(fileURLToPath(import.meta.url));
const ifPossible = process.argv.includes('--if-possible');
const watch = process.argv.includes('--watch');

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

rmSync(join(root, 'dist'), { recursive: true, force: true });
if (watch) {
  const { spawn } = await import('node:child_process');
  const context = await esbuild.context({ ...options, minify: false });
  await context.watch();
  spawn(process.execPath, ['--watch', 'dist/cli.js'], { cwd: root, stdio: 'inherit' });
} else {
  await esbuild.build(options);
  chmodSync(join(root, 'dist/cli.js'), 0o755);
  const tsc = join(root, 'node_modules/typescript/bin/tsc');
  const flags = ['-p', 'tsconfig.build.json'];
  const { status } = spawnSync(process.execPath, [tsc, ...flags], { cwd: root, stdio: 'inherit' });
  process.exit(status ?? 1);
}
