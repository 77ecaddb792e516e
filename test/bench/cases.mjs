import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { ask, load, readCpu, readMemory } from './load.mjs';
import { paced } from './servers/bodies.mjs';

/** So many events has a stream that is not paced. */
export const frames = 100;

const hello = {
  model: 'LongCat-2.0',
  messages: [{ role: 'user', content: 'Hello, please introduce yourself.' }],
  max_tokens: 1000,
};
const say = (content) => ({ ...hello, messages: [{ role: 'user', content }] });
const streamed = { ...say('stream'), stream: true };
const large = say('lorem ipsum '.repeat(350_000));
/** Two answers make a generated stream about as long. */
const generated = { ...hello, stream: true, n: 2 };

/** What is measured under load, as requests a second and CPU a request. */
export const loads = [
  { name: 'whole answer, 1 connection', body: hello, connections: 1, requests: 1500 },
  { name: 'whole answer, 50 connections', body: hello, connections: 50, requests: 4000 },
  {
    name: '100-chunk stream, 20 connections',
    body: streamed,
    bodies: { mock: generated },
    without: ['mockoon'],
    connections: 20,
    requests: 800,
  },
  { name: '4 MB body, 2 connections', body: large, connections: 2, requests: 20 },
];

/** So many streams at once, each chunk in its time: how many ended whole, how late chunks came. */
export async function measurePaced(server, streams = 500) {
  const payload = JSON.stringify({ ...say('paced'), stream: true });
  const before = await readCpu(server);
  const results = await Promise.all(
    Array.from({ length: streams }, () => followPaced(server, payload)),
  );
  const after = await readCpu(server);
  const whole = results.filter((arrivals) => arrivals.length === paced.count);
  const lateness = whole.flatMap(([first, ...rest]) =>
    rest.map((arrival, index) => arrival - first - (index + 1) * paced.everyMs),
  );
  lateness.sort((left, right) => left - right);
  return {
    finished: whole.length / streams,
    late: lateness[Math.floor(lateness.length * 0.99)],
    cpu: after - before,
  };
}

/** When each word of a stream arrived. */
async function followPaced(server, payload) {
  const arrivals = [];
  await ask(server, {
    payload,
    onData: (data) => {
      const now = performance.now();
      for (const _ of data.toString('latin1').matchAll(/w\d{3}w/g)) arrivals.push(now);
    },
  });
  return arrivals;
}

/** CPU time burnt in the second after so many clients left their streams, in milliseconds. */
export async function measureAborts(server, clients = 500) {
  const payload = JSON.stringify({ ...say('paced'), stream: true });
  await Promise.all(Array.from({ length: clients }, () => ask(server, { payload, abort: true })));
  await pause(300);
  const before = await readCpu(server);
  await pause(1000);
  const after = await readCpu(server);
  return (after - before) / 1000;
}

/** Memory after so many requests, in bytes. */
export async function measureMemory(server, requests = 50_000) {
  await load(server, { body: hello, connections: 50, requests });
  return readMemory(server);
}

/** CPU a request among many fixtures. */
export async function measureFixtures(server) {
  return (await load(server, { body: hello, connections: 10, requests: 2000 })).cpu;
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
