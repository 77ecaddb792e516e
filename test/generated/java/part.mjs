import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { capture, has } from '../command.mjs';
import { createTally, say } from '../tally.mjs';

const version = '7.25.0';
const checksum = '41ce4f6b07f196676439d710759fa1ced7a08066d06ff1bf314681470289efae';
const artifact = `openapi-generator-cli-${version}.jar`;
const address = `https://repo1.maven.org/maven2/org/openapitools/openapi-generator-cli/${version}/${artifact}`;
const missing =
  'There is no Java of 17 or later with Maven: on Debian, "apt-get install default-jdk-headless maven".';

/** OpenAPI Generator, with the library that knows unions of a text and a list. */
export async function test({ root, folder, made, mock }) {
  const tally = createTally();
  const isThere = has('javac', ['--release', '17', '--version']) && has('mvn', ['--version']);
  if (!tally.check('Java and Maven are there', isThere ? '' : missing)) return tally.counts;
  const generator = join(made, artifact);
  if (!tally.check('the generator is there', await download(generator))) return tally.counts;

  const client = join(made, 'client');
  mkdirSync(client, { recursive: true });
  const generated = capture('java', [
    ...['-jar', generator, 'generate', '--input-spec', join(root, 'openapi/longcat.yaml')],
    ...['--generator-name', 'java', '--library', 'okhttp-gson', '--type-mappings', 'null=Object'],
    ...['--global-property', 'apiTests=false,modelTests=false,apiDocs=false,modelDocs=false'],
    ...['--output', client],
  ]);
  const failure = generated.status === 0 ? '' : generated.output;
  if (!tally.check('OpenAPI Generator takes the document', failure)) return tally.counts;

  const settings = [`-Dmaven.repo.local=${join(made, 'repository')}`, '-Dmaven.test.skip=true'];
  const goals = ['package', '-Dmaven.javadoc.skip=true', '-Dmaven.source.skip=true'];
  const built = capture('mvn', ['-q', '-B', ...settings, ...goals], { cwd: client });
  const fault = built.status === 0 ? '' : built.output;
  if (!tally.check('javac takes the client', fault)) return tally.counts;

  const classes = [join(client, 'target/lib/*'), join(client, 'target/classes')].join(delimiter);
  const program = ['-cp', classes, join(folder, 'Talk.java'), mock.url, join(folder, '..')];
  tally.add(readTests(capture('java', program).output));
  return tally.counts;
}

/** What went wrong; empty when the file is there, and the one we know. */
async function download(path) {
  if (!existsSync(path)) {
    const answer = await fetch(address).catch((error) => ({ ok: false, status: error.message }));
    if (!answer.ok) return `"${address}" could not be fetched: ${answer.status}.`;
    writeFileSync(path, Buffer.from(await answer.arrayBuffer()));
  }
  const found = createHash('sha256').update(readFileSync(path)).digest('hex');
  return found === checksum ? '' : `"${path}" has another checksum, ${found}: delete it.`;
}

/** Each test is a line that begins with "ok" or "not ok"; the last line is "done". */
function readTests(output) {
  say(output);
  const lines = output.split('\n');
  const count = (word) => lines.filter((line) => line.startsWith(`${word}: `)).length;
  const ended = lines.at(-1) === 'done' ? 0 : 1;
  return { passed: count('ok'), failed: count('not ok') + ended, skipped: 0 };
}
