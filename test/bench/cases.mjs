import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { ask, load, readUse } from './load.mjs';

const hello = {
  model: 'LongCat-2.0',
  messages: [{ role: 'user', content: 'Hello, please introduce yourself.' }],
  max_tokens: 1000,
};
/** Three choices make a stream of the mock about a hundred events long. */
export const streamed = { ...hello, stream: true, n: 3 };
const large = { ...hello, messages: [{ role: 'user', content: 'lorem ipsum '.repeat(350_000) }] };

/** What is measured under load, as requests a second and CPU a request. */
export const loads = [
  { name: 'whole answer, 1 connection', body: hello, connections: 1, requests: 1500 },
  { name: 'whole answer, 50 connections', body: hello, connections: 50, requests: 4000 },
  {
    name: 'stream of about 100 events, 20 connections',
    body: streamed,
    connections: 20,
    requests: 800,
  },
  { name: 'body of 4 MB, 2 connections', body: large, connections: 2, requests: 20 },
];

/** CPU time burnt in the second after so many clients left their streams, in milliseconds. */
export async function measureAborts(server, clients = 500) {
  const payload = JSON.stringify(streamed);
  const agents = Array.from({ length: clients }, () => ask(server, { payload, abort: true }));
  await Promise.all(agents);
  await pause(200);
  const before = await readUse(server);
  await pause(1000);
  const after = await readUse(server);
  return (after.cpu - before.cpu) / 1000;
}

/** Memory after so many requests, in bytes. */
export async function measureMemory(server, requests = 50_000) {
  await load(server, { body: hello, connections: 50, requests });
  return (await readUse(server)).memory;
}

const bareStart = `require('node:http').createServer().listen(0, '127.0.0.1', () => console.log('ready'))`;
const command = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));

/** From spawning to listening, the mock's time over a bare server's. */
export async function compareStarts() {
  const bare = await timeStart(['-e', bareStart]);
  return (await timeStart([command, '--port', '0'])) / bare;
}

async function timeStart(args) {
  const start = performance.now();
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  await once(child.stdout, 'data');
  const milliseconds = performance.now() - start;
  child.kill('SIGKILL');
  await once(child, 'close');
  return milliseconds;
}
