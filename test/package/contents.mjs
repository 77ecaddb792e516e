import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const wanted = [
  'CHANGELOG.md',
  'LICENSE',
  'README.md',
  'dist/THIRD-PARTY-LICENSES',
  'dist/docs/LICENSE',
  'dist/docs/swagger-ui.js.gz',
  'dist/tokenizer-worker.js',
  'fixtures/README.md',
  'fixtures/cassette.schema.json',
  'fixtures/fixture.schema.json',
  'fixtures/rate-limit.yaml',
  'openapi/admin.json',
  'openapi/longcat.json',
  'openapi/longcat.yaml',
  'package.json',
];

/** What may be there, and nothing else. */
const allowed = [
  /^(CHANGELOG|README)\.md$|^LICENSE$|^package\.json$/,
  /^dist\/(THIRD-PARTY-LICENSES|[\w.-]+\.js|[\w.-]+\.LEGAL\.txt)$/,
  /^dist\/(cjs\/)?types\/.*\.d\.c?ts$|^dist\/types\/zod\/LICENSE$/,
  /^dist\/cjs\/([\w.-]+\.js|[\w.-]+\.LEGAL\.txt|package\.json)$/,
  /^dist\/(docs|fixtures)\/[\w.-]+$/,
  /^fixtures\/([\w.-]+\.yaml|README\.md|\w+\.schema\.json)$/,
  /^openapi\/\w+\.(yaml|json)$/,
];

const most = { size: 1_800_000, unpackedSize: 7_500_000, entryCount: 600 };

/** What is wrong with the files of a package, as `npm pack --json` lists them. */
export function checkContents({ files, ...packed }, { manifest, root }) {
  const paths = files.map(({ path }) => path);
  const named = listFiles([manifest.exports, manifest.bin]).map((path) => path.replace('./', ''));
  return {
    'the package holds what it has to hold': [...wanted, ...named]
      .filter((path) => !paths.includes(path))
      .map((path) => `${path} is missing.`),
    'it holds nothing else': paths
      .filter((path) => !allowed.some((pattern) => pattern.test(path)))
      .map((path) => `${path} is one too many.`),
    'the command may be executed': files
      .filter(({ path, mode }) => path === 'dist/cli.js' && (mode & 0o111) !== 0o111)
      .map(({ mode }) => `Its mode is ${mode.toString(8)}.`),
    'no file tells where it was made': paths
      .filter((path) => readFileSync(join(root, path)).includes(root))
      .map((path) => `${path} has ${root} in it.`),
    'it is no larger than it was': Object.entries(most)
      .filter(([name, limit]) => packed[name] > limit)
      .map(([name, limit]) => `${name} is ${packed[name]}, more than ${limit}.`),
  };
}

/** Every text of a nested object. */
function listFiles(value) {
  return typeof value === 'string' ? [value] : Object.values(value).flatMap(listFiles);
}
