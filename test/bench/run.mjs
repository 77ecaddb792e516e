// Measures the mock against a bare node:http server in the same run: the two in turn, the medians
// of the ratios. Absolute times mean nothing on a shared machine.
import { fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { Agent, request } from 'node:http';
import { fileURLToPath } from 'node:url';

const rounds = Number(process.env.BENCH_ROUNDS ?? 7);
const here = (name) => fileURLToPath(new URL(name, import.meta.url));

const hello = { model: 'LongCat-2.0', messages: [{ role: 'user', content: 'Hello!' }] };
const cases = [
  { name: 'whole answer, 1 connection', body: hello, connections: 1, requests: 1000 },
  { name: 'whole answer, 50 connections', body: hello, connections: 50, requests: 3000 },
  {
    name: 'stream unpaced, 20 connections',
    body: { ...hello, stream: true, n: 3 },
    connections: 20,
    requests: 600,
  },
];

const servers = { bare: await start('bare'), mock: await start('mock') };
const rows = [];
for (const scenario of cases) {
  await load(servers.bare, scenario);
  await load(servers.mock, scenario);
  const ratios = [];
  for (let round = 0; round < rounds; round += 1) {
    const bare = await load(servers.bare, scenario);
    const mock = await load(servers.mock, scenario);
    ratios.push({ rate: mock.rate / bare.rate, cpu: mock.cpu / bare.cpu });
    process.stderr.write('.');
  }
  rows.push([
    scenario.name,
    median(ratios.map(({ rate }) => rate)),
    median(ratios.map(({ cpu }) => cpu)),
  ]);
}
for (const { child } of Object.values(servers)) child.kill();
rows.push(['cold start, spawn to listening', undefined, await compareStarts()]);

const table = [
  '| against bare node:http | requests/s | CPU or time |',
  '|---|---|---|',
  ...rows.map(([name, rate, cost]) => `| ${name} | ${show(rate)} | ${show(cost)} |`),
];
process.stdout.write(`\n${table.join('\n')}\n`);

function show(ratio) {
  return ratio === undefined ? '' : `${ratio.toFixed(2)}×`;
}

async function start(kind) {
  const child = fork(here('server.mjs'), [kind]);
  const [{ port }] = await once(child, 'message');
  return { child, port };
}

async function load({ child, port }, { body, connections, requests }) {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const payload = JSON.stringify(body);
  const before = await readCpu(child);
  const start = performance.now();
  let left = requests;
  const worker = async () => {
    while (left > 0) {
      left -= 1;
      await post(port, payload, agent);
    }
  };
  await Promise.all(Array.from({ length: connections }, worker));
  const seconds = (performance.now() - start) / 1000;
  const cpu = (await readCpu(child)) - before;
  agent.destroy();
  return { rate: requests / seconds, cpu: cpu / requests };
}

function post(port, payload, agent) {
  const options = {
    host: '127.0.0.1',
    port,
    agent,
    method: 'POST',
    path: '/openai/v1/chat/completions',
    headers: {
      authorization: 'Bearer bench',
      'content-type': 'application/json',
      'content-length': payload.length,
    },
  };
  return new Promise((resolve, reject) => {
    const sent = request(options, (response) => response.resume().on('end', resolve));
    sent.on('error', reject);
    sent.end(payload);
  });
}

async function readCpu(child) {
  child.send('cpu');
  const [{ cpu }] = await once(child, 'message');
  return cpu.user + cpu.system;
}

async function compareStarts() {
  const bare = [
    '-e',
    "require('node:http').createServer().listen(0, '127.0.0.1', () => console.log('ready'))",
  ];
  const mock = [here('../../dist/cli.js'), '--port', '0'];
  const ratios = [];
  for (let round = 0; round < rounds; round += 1) {
    const base = await timeStart(bare);
    ratios.push((await timeStart(mock)) / base);
  }
  return median(ratios);
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

function median(numbers) {
  return numbers.toSorted((left, right) => left - right)[Math.floor(numbers.length / 2)];
}
