import { existsSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { complain, run } from './command.mjs';

const right = `
import { createLongCatMock, frozenClock, startLongCatMock, type LongCatMockOptions } from 'longcat-mock';

const options: LongCatMockOptions = { seed: 'spring', clock: frozenClock(new Date(0)), validate: 'warn' };
const mock = createLongCatMock(options);
export const answer: Promise<Response> = mock.fetch('http://localhost/health');
export async function start(): Promise<string> {
  await using running = await startLongCatMock({ ...options, port: 0, quirks: { 'usage-late': true } });
  return running.openaiUrl;
}
export const sessions: string = mock.engine.sessions.open('w1') === 'evicted' ? 'gone' : 'there';
// @ts-expect-error: there is no such policy
export const wrong: LongCatMockOptions = { validate: 'sometimes' };
// @ts-expect-error: a URL is no number
export const port: Promise<number> = start();
`;

const mounted = `
import { Hono } from 'hono';
import { createLongCatMock } from 'longcat-mock';

export const app = new Hono().route('/mock', createLongCatMock().app);
// @ts-expect-error: it is a Hono app
export const count: number = createLongCatMock().app;
`;

const modes = {
  node16: { module: 'node16', moduleResolution: 'node16' },
  nodenext: { module: 'nodenext', moduleResolution: 'nodenext' },
  bundler: { module: 'esnext', moduleResolution: 'bundler' },
};

/** What is wrong with the types, seen by a strict project that looks into declarations, too. */
export async function checkTypes({ folder, manifest, root, here }) {
  link(folder, join(here, 'node_modules'), ['@types/node', 'undici-types']);
  const check = (name, files, options) => compile({ folder, here, name, files, options });
  const results = {};
  for (const [mode, options] of Object.entries(modes)) {
    const title = `a strict project on TypeScript 5.9, ${mode}, without any other package`;
    results[title] = await check(`alone-${mode}`, { 'right.mts': right }, options);
  }
  link(folder, join(root, 'node_modules'), [...Object.keys(manifest.peerDependencies ?? {})]);
  const entries = Object.entries(manifest.exports).filter(([, entry]) => entry.types);
  const imports = entries.map(
    ([entry], index) => `export * as entry${index} from '${manifest.name}${entry.slice(1)}';`,
  );
  for (const [mode, options] of Object.entries(modes)) {
    const files = { 'mounted.mts': mounted, 'every.mts': imports.join('\n') };
    // Other people's declarations are not ours to judge.
    const lenient = { ...options, skipLibCheck: true };
    results[`every entry, and the app in a Hono app, ${mode}`] = await check(
      `all-${mode}`,
      files,
      lenient,
    );
  }
  return results;
}

/** Packages of the repository, as if the user had installed them. */
function link(folder, modules, names) {
  for (const name of names) {
    const target = join(folder, 'node_modules', name);
    if (!existsSync(join(modules, name)) || existsSync(target)) continue;
    mkdirSync(dirname(target), { recursive: true });
    symlinkSync(join(modules, name), target);
  }
}

async function compile({ folder, here, name, files, options }) {
  const project = join(folder, name);
  mkdirSync(project);
  for (const [file, text] of Object.entries(files)) writeFileSync(join(project, file), text);
  const lib = ['es2023', 'dom', 'dom.iterable', 'esnext.disposable'];
  const compilerOptions = {
    strict: true,
    noEmit: true,
    target: 'es2022',
    lib,
    types: ['node'],
    ...options,
  };
  writeFileSync(join(project, 'tsconfig.json'), JSON.stringify({ compilerOptions }));
  const tsc = join(here, 'node_modules/typescript/bin/tsc');
  return complain(await run(process.execPath, [tsc, '-p', project], { cwd: folder }));
}
