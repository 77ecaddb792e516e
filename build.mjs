// Bundles the command and the library into dist/, and writes the library's declarations.
//
//   node build.mjs                 both
//   node build.mjs --bundle-only   no declarations
//   node build.mjs --if-possible   nothing, and no error, without the development dependencies
//   node build.mjs --watch         bundle and restart the command on every change
//   node build.mjs --openapi […]   run src/openapi/write.ts with the flags that follow
//   node build.mjs --schema […]    write the JSON Schemas of fixtures and cassettes, or --check them
import { spawn, spawnSync } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { listLicences } from './scripts/list-licences.mjs';
import { shipDeclarations } from './scripts/ship-declarations.mjs';

const root = dirname(fileURLToPath(import.meta.url));
const [mode, ...flags] = process.argv.slice(2);

const esbuild = await import('esbuild').catch(() => undefined);
if (!esbuild) {
  const words = 'longcat-mock: not built, because the development dependencies are not installed.';
  process.stderr.write(`${words} Run "npm ci" for a runnable command.\n`);
  process.exit(mode === '--if-possible' ? 0 : 1);
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
  entryPoints: {
    cli: 'src/cli/main.ts',
    index: 'src/index.ts',
    vitest: 'src/testing/vitest.ts',
    'vitest-global-setup': 'src/testing/vitest-global-setup.ts',
    playwright: 'src/testing/playwright.ts',
    'node-test': 'src/testing/node-test.ts',
    // A thread of its own, which `src/mock.ts` finds by this name.
    'tokenizer-worker': 'src/tokenizer/worker.ts',
  },
  outdir: 'dist',
  bundle: true,
  splitting: true,
  // Names stay, for the sake of stack traces.
  minifyWhitespace: true,
  minifySyntax: true,
  sourcemap: 'linked',
  sourcesContent: false,
  platform: 'node',
  format: 'esm',
  target: 'node20',
  legalComments: 'linked',
  plugins: [oneZod],
  // A runner is the user's own: a second copy would know nothing of the tests.
  external: ['vitest', '@playwright/test'],
  // Some bundled packages are CommonJS and call require for Node's own modules.
  banner: {
    js: 'const require=(id)=>process.getBuiltinModule(id);',
  },
  logLevel: 'warning',
};

/** Jest's sandbox has `require` alone: its entries are CommonJS, and import the mock outside of it. */
const jestOptions = {
  ...options,
  entryPoints: {
    jest: 'src/testing/jest.ts',
    'jest-global-setup': 'src/testing/jest-global-setup.ts',
    'jest-global-teardown': 'src/testing/jest-global-teardown.ts',
  },
  outdir: 'dist/cjs',
  format: 'cjs',
  splitting: false,
  banner: {},
  // For tools that look for exports without running the file.
  footer: { js: 'exports.default=module.exports.default;' },
  plugins: [
    {
      name: 'mock-outside',
      setup(build) {
        const outside = { path: '../index.js', external: true };
        build.onResolve({ filter: /\/mock\.ts$/ }, () => outside);
      },
    },
  ],
};

switch (mode) {
  case '--watch':
    await watch();
    break;
  case '--openapi':
    process.exitCode = await runScript('src/openapi/write.ts', flags);
    break;
  case '--schema':
    process.exitCode = await runScript('src/scenario/write.ts', [mode, ...flags]);
    process.exitCode ||= await runScript('src/recording/write.ts', flags);
    break;
  default:
    await bundle();
    await writeDocs();
    process.exitCode = await writeLibrary();
    if (mode !== '--bundle-only') process.exitCode ||= writeDeclarations();
}

async function bundle() {
  const { metafile } = await esbuild.build({ ...options, metafile: true });
  chmodSync(join(root, 'dist/cli.js'), 0o755);
  const licences = listLicences(Object.keys(metafile.inputs), root);
  writeFileSync(join(root, 'dist/THIRD-PARTY-LICENSES'), licences);
  await bundleForJest();
  removeStale(new Set(Object.keys(metafile.outputs)));
}

async function bundleForJest() {
  await esbuild.build(jestOptions);
  writeFileSync(join(root, 'dist/cjs/package.json'), '{ "type": "commonjs" }\n');
}

/** What an earlier build left goes last, so that a command that starts meanwhile finds its files. */
function removeStale(outputs) {
  for (const entry of readdirSync(join(root, 'dist'), { withFileTypes: true })) {
    const isMade = outputs.has(`dist/${entry.name}`) || entry.name === 'THIRD-PARTY-LICENSES';
    const stale = entry.isFile() && !isMade;
    if (stale) rmSync(join(root, 'dist', entry.name), { force: true });
  }
}

async function watch() {
  const context = await esbuild.context(options);
  await context.rebuild();
  await bundleForJest();
  await writeDocs();
  await writeLibrary();
  await context.watch();
  spawn(process.execPath, ['--watch', 'dist/cli.js'], { cwd: root, stdio: 'inherit' });
}

/** The reference page's files, compressed: every browser reads them so, and they are a quarter as long. */
async function writeDocs() {
  const swagger = join(root, 'node_modules/swagger-ui-dist');
  const target = join(root, 'dist/docs');
  mkdirSync(target, { recursive: true });
  const page = await esbuild.build({
    absWorkingDir: root,
    entryPoints: ['src/docs/browser/page.ts', 'src/docs/browser/page.css'],
    outdir: 'dist/docs',
    minify: true,
    write: false,
  });
  const files = [
    ...page.outputFiles.map(({ path, contents }) => [basename(path), contents]),
    ['swagger-ui.js', readFileSync(join(swagger, 'swagger-ui-bundle.js'))],
    ['swagger-ui.css', readFileSync(join(swagger, 'swagger-ui.css'))],
  ];
  for (const [name, text] of files) {
    writeFileSync(join(target, `${name}.gz`), gzipSync(text, { level: 9 }));
  }
  for (const name of ['LICENSE', 'NOTICE', 'swagger-ui-bundle.js.LICENSE.txt']) {
    copyFileSync(join(swagger, name), join(target, name));
  }
}

/** Compiles the shipped scenarios to JSON; one with an error fails the build. */
function writeLibrary() {
  return runScript('src/scenario/write.ts', []);
}

async function runScript(source, args) {
  const name = source.split('/').at(-2);
  const script = join(root, `node_modules/.cache/longcat-mock/${name}-${process.pid}.mjs`);
  const entryPoints = [source];
  const single = { outdir: undefined, splitting: false, legalComments: 'none', sourcemap: false };
  await esbuild.build({ ...options, ...single, entryPoints, outfile: script });
  const code = run([script, ...args]);
  rmSync(script);
  return code;
}

function writeDeclarations() {
  for (const types of ['dist/types', 'dist/cjs/types']) {
    rmSync(join(root, types), { recursive: true, force: true });
  }
  const compiler = join(root, 'node_modules/typescript/bin/tsc');
  const projects = ['tsconfig.build.json', 'tsconfig.build-jest.json'];
  const code = projects.map((project) => run([compiler, '-p', project])).find(Boolean) ?? 0;
  if (code === 0) shipDeclarations(root);
  return code;
}

function run(args) {
  return spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit' }).status ?? 1;
}
