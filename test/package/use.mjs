import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { complain, run } from './command.mjs';

const library = `
import { createLongCatMock, MockError, startLongCatMock } from 'longcat-mock';

const body = JSON.stringify({ model: 'LongCat-2.0', messages: [{ role: 'user', content: 'Hello!' }] });
const request = { method: 'POST', body, headers: { authorization: 'Bearer any' } };
const mock = await startLongCatMock({ port: 0, scenario: 'rate-limit' });
const statuses = [];
for (const _ of [1, 2]) statuses.push((await fetch(mock.openaiUrl + '/chat/completions', request)).status);
await mock.close();
const inProcess = createLongCatMock();
const answer = await inProcess.fetch('http://localhost/openai/v1/chat/completions', request);
statuses.push(answer.status, (await answer.json()).object);
const refused = await startLongCatMock({ port: -1 }).catch((error) => error instanceof MockError);
process.stdout.write(JSON.stringify([...statuses, refused]));
`;

/** Starts the command, asks it for a page and for its health, and stops it. */
const serve = `
import { spawn } from 'node:child_process';
import { once } from 'node:events';

const child = spawn('node_modules/.bin/longcat-mock', ['--port', '0'], { stdio: ['ignore', 'pipe', 2] });
const [line] = await once(child.stdout.setEncoding('utf8'), 'data');
const [, url, port] = /ready url=(\\S+:(\\d+))/.exec(line);
const read = async (path) => (await fetch(url + path)).status;
const statuses = await Promise.all(['/docs', '/docs/swagger-ui.js', '/openapi.json'].map(read));
const health = spawn('node_modules/.bin/longcat-mock', ['health', '--port', port], { stdio: 'ignore' });
const [healthy] = await once(health, 'close');
child.kill('SIGTERM');
const [code] = await once(child, 'close');
process.stdout.write(JSON.stringify([...statuses, healthy, code]));
`;

/** What is wrong with the package once it is installed in a folder. */
export async function checkUse({ folder, manifest }) {
  writeFileSync(join(folder, 'library.mjs'), library);
  writeFileSync(join(folder, 'serve.mjs'), serve);
  const node = (...args) => run(process.execPath, args, { cwd: folder });
  const command = (...args) =>
    run(join(folder, 'node_modules/.bin/longcat-mock'), args, { cwd: folder });
  return {
    'the library answers': expectOutput(await node('library.mjs'), [
      429,
      200,
      200,
      'chat.completion',
      true,
    ]),
    'the command serves, with its page, and stops': expectOutput(
      await node('serve.mjs'),
      [200, 200, 200, 0, 0],
    ),
    'the command tells its version': expectText(await command('--version'), manifest.version),
    'it lists the shipped scenarios': expectText(await command('scenarios'), 'rate-limit'),
    'it prints the document': expectText(await command('openapi'), 'openapi: 3.1'),
    'it writes an example, which it finds right': [
      ...complain(await command('init')),
      ...complain(await command('validate')),
    ],
    ...(await checkEntries({ node, manifest })),
  };
}

/** Each entry of `exports` can be imported, or says itself what it wants: a package of the user's own, or Jest. */
async function checkEntries({ node, manifest }) {
  const { name, exports, peerDependencies = {} } = manifest;
  const results = {};
  for (const entry of Object.keys(exports)) {
    const specifier = name + entry.slice(1);
    const isJson = entry.endsWith('.json') ? ', { with: { type: "json" } }' : '';
    const outcome = await node(
      '--input-type=module',
      '-e',
      `await import('${specifier}'${isJson})`,
    );
    const peer = Object.keys(peerDependencies).some((each) => outcome.stderr.includes(`'${each}'`));
    const isWanting =
      (outcome.stderr.includes('ERR_MODULE_NOT_FOUND') && peer) ||
      outcome.stderr.includes(`MockError: ${specifier} finds no `);
    results[`${specifier} can be imported`] = isWanting ? [] : complain(outcome);
  }
  return results;
}

function expectOutput(outcome, expected) {
  const text = JSON.stringify(expected);
  if (outcome.code === 0 && outcome.stdout === text) return [];
  return [`Expected ${text}, got ${outcome.stdout}.`, ...complain(outcome)];
}

function expectText(outcome, text) {
  return outcome.stdout.includes(text)
    ? complain(outcome)
    : [`There is no ${text} in it.`, ...complain(outcome)];
}
