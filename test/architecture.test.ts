import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const source = fileURLToPath(new URL('../src', import.meta.url));

interface Layer {
  /** The folders and root files of `src/` that it may import. */
  readonly reach: readonly string[];
  /** The packages it may import, and Node's modules file by file. */
  readonly packages?: readonly string[];
  readonly only?: Readonly<Record<string, readonly string[]>>;
}

/** Who may import whom. What a row does not name is out of its reach. */
const layers: Readonly<Record<string, Layer>> = {
  contract: { reach: [], packages: ['zod'] },
  exchange: { reach: [], packages: ['zod'], only: { 'pattern.ts': ['re2js'] } },
  errors: { reach: [] },
  version: { reach: [] },
  dialect: { reach: ['contract', 'exchange'], only: { 'dialect.ts': ['zod'] } },
  generate: {
    reach: ['contract', 'exchange'],
    packages: ['@faker-js/faker', 'json-schema-faker', '@cfworker/json-schema', 're2js'],
  },
  scenario: {
    reach: ['contract', 'exchange', 'errors'],
    packages: ['zod', 're2js', 'yaml'],
    only: {
      'disk.ts': ['node:fs', 'node:path'],
      'json-schema.ts': ['zod-to-json-schema'],
      'shipped.ts': ['node:fs', 'node:url'],
      'watch.ts': ['chokidar', 'node:timers'],
      'write.ts': ['node:fs', 'node:path'],
    },
  },
  recording: {
    reach: ['contract', 'exchange', 'errors'],
    packages: ['zod'],
    only: {
      'contract-hash.ts': ['zod-to-json-schema'],
      'json-schema.ts': ['zod-to-json-schema'],
      'lock.ts': ['node:fs', 'node:os', 'node:timers'],
      'store.ts': ['node:fs', 'node:path'],
      'uses.ts': ['node:path'],
      'upstream.ts': ['node:net'],
      'upstream/address.ts': ['ipaddr.js'],
      'upstream/agent.ts': ['undici'],
      'upstream/decode.ts': ['node:zlib', 'node:stream'],
      'upstream/dispatcher.ts': ['undici', 'node:dns', 'node:net'],
      'upstream/lookup.ts': ['node:dns', 'node:net'],
      'upstream/pool.ts': ['undici'],
      'upstream/receive.ts': ['undici'],
      'write.ts': ['node:fs'],
      'upstream/undici.d.ts': ['undici'],
    },
  },
  engine: { reach: ['contract', 'exchange', 'generate', 'scenario', 'recording', 'errors'] },
  http: {
    reach: ['contract', 'dialect', 'engine', 'exchange', 'recording', 'errors'],
    packages: ['hono'],
    only: {
      'adapter.ts': ['@hono/node-server', 'node:http'],
      'listen.ts': ['node:http', 'node:net'],
      'connection.ts': ['node:http'],
      'decompress.ts': ['node:zlib', 'node:stream'],
    },
  },
  admin: {
    reach: ['contract', 'engine', 'exchange', 'recording', 'scenario'],
    packages: ['hono', 'zod'],
  },
  docs: { reach: [], packages: ['hono'], only: { 'files.ts': ['node:fs'] } },
  tokenizer: {
    reach: ['exchange', 'errors'],
    only: {
      'load.ts': ['@huggingface/tokenizers'],
      'thread.ts': ['node:worker_threads'],
      'worker.ts': ['node:worker_threads', 'node:fs'],
    },
  },
  importing: {
    reach: ['contract', 'dialect', 'engine', 'errors', 'exchange', 'scenario'],
    only: { 'decompress.ts': ['node:zlib'], 'yaml.ts': ['yaml'] },
  },
  options: { reach: ['contract', 'engine', 'http', 'recording', 'errors'], packages: ['zod'] },
  rehearse: { reach: ['contract', 'dialect', 'engine', 'generate', 'scenario'] },
  'own-fixtures': { reach: ['errors', 'rehearse', 'scenario'], packages: ['node:fs'] },
  client: {
    reach: ['admin', 'contract', 'errors', 'scenario'],
    packages: ['zod'],
  },
  'own-cassettes': { reach: ['engine', 'errors', 'http', 'options', 'recording', 'version'] },
  'own-snapshots': {
    reach: ['admin', 'importing', 'options', 'own-cassettes', 'recording', 'rehearse'],
  },
  compose: {
    reach: [
      'admin',
      'client',
      'contract',
      'docs',
      'engine',
      'http',
      'options',
      'own-cassettes',
      'own-snapshots',
      'rehearse',
      'scenario',
      'tokenizer',
      'version',
    ],
    packages: ['hono'],
  },
  mock: {
    reach: [
      'admin',
      'client',
      'compose',
      'contract',
      'engine',
      'errors',
      'http',
      'options',
      'own-cassettes',
      'own-fixtures',
      'scenario',
    ],
  },
  testing: {
    reach: ['client', 'errors', 'mock', 'options'],
    only: {
      'name.ts': ['node:crypto', 'node:path'],
      'node-test.ts': ['node:test'],
      'playwright.ts': ['@playwright/test'],
      'vitest.ts': ['vitest'],
      'web-server.ts': ['node:url'],
    },
  },
  openapi: {
    reach: ['contract', 'admin', 'scenario'],
    packages: ['@anatine/zod-openapi', 'zod'],
    only: { 'write.ts': ['yaml', 'node:fs', 'node:path'] },
  },
  cli: {
    reach: [
      'admin',
      'contract',
      'docs',
      'engine',
      'errors',
      'exchange',
      'http',
      'importing',
      'mock',
      'options',
      'recording',
      'rehearse',
      'scenario',
      'version',
    ],
    packages: ['commander', 'cross-spawn', 'pino', 'yaml', 'zod', 'node:'],
  },
  index: { reach: ['client', 'contract', 'engine', 'errors', 'http', 'options', 'mock'] },
};

/** Files outside of `src/` that the bundle embeds, each by the one file that reads it. */
const data: Readonly<Record<string, string>> = {
  '../package.json': 'version.ts',
  '../openapi/admin.json': 'admin/server.ts',
};

const files = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter((file) =>
  file.endsWith('.ts'),
);

/** Static, side-effect, dynamic and type imports, and re-exports, in either quote style. */
const importPattern =
  /(?:^\s*(?:import|export)\b[^'"`;]*?\bfrom\s*|^\s*import\s*|\bimport\s*\(\s*)(['"`])([^'"`]+)\1/gm;

function listImports(text: string): string[] {
  return [...text.matchAll(importPattern)].map(([, , specifier = '']) => specifier);
}

function layerOf(file: string): string {
  return file.split(sep)[0]?.replace(/\.ts$/, '') ?? '';
}

function isAllowed(file: string, specifier: string): boolean {
  const layer = layers[layerOf(file)];
  if (!layer) return false;
  if (!specifier.startsWith('.')) {
    const extra = layer.only?.[file.split(sep).slice(1).join('/')] ?? [];
    return [...(layer.packages ?? []), ...extra].some(
      (name) => specifier === name || specifier.startsWith(name.endsWith(':') ? name : `${name}/`),
    );
  }
  const target = relative(source, join(source, dirname(file), specifier));
  const embedded = data[target.split(sep).join('/')];
  if (embedded !== undefined) return file.split(sep).join('/') === embedded;
  return layerOf(target) === layerOf(file) || layer.reach.includes(layerOf(target));
}

it.each(files)('src/%s imports only what its layer may reach', (file) => {
  const imports = listImports(readFileSync(join(source, file), 'utf8'));

  expect(imports.filter((specifier) => !isAllowed(file, specifier))).toEqual([]);
});

it.each([
  ["import { a } from './a.ts';", './a.ts'],
  ['import type { A } from "../b/a.ts";', '../b/a.ts'],
  ["import {\n  a,\n  b,\n} from 'pkg';", 'pkg'],
  ["import './side-effect.ts';", './side-effect.ts'],
  ["const a = await import('lazy');", 'lazy'],
  ["type A = import('typed').A;", 'typed'],
  ["export { a } from './a.ts';", './a.ts'],
])('the guard sees %j', (text, specifier) => {
  expect(listImports(text)).toEqual([specifier]);
});

it('a forbidden import is refused, whether of a layer or of a package', () => {
  expect(isAllowed(join('dialect', 'read.ts'), '../engine/engine.ts')).toBe(false);
  expect(isAllowed(join('engine', 'engine.ts'), 'hono')).toBe(false);
  expect(isAllowed(join('http', 'answer.ts'), 'node:fs')).toBe(false);
  expect(isAllowed(join('generate', 'reply.ts'), '../dialect/dialect.ts')).toBe(false);
});
