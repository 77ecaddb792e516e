// Measures the mock, and a rival, against a bare node:http server in the same run: all in turn, the
// medians of the ratios to the bare one. Absolute times mean nothing on a shared machine.
import { createLongCatMock } from '../../dist/index.js';
import { compareStarts, loads, measureAborts, measureMemory, streamed } from './cases.mjs';
import { load, startServer } from './load.mjs';

const rounds = Number(process.env.BENCH_ROUNDS ?? 7);
const kinds = ['bare', 'mock', 'aimock'];

const frames = await countFrames();
const rows = [];
for (const scenario of loads) rows.push(...(await compareLoads(scenario)));
rows.push(await compareEnds('memory after 50,000 requests', measureMemory, showRatio));
rows.push(await compareEnds('CPU in the second after 500 clients left', measureAborts, showMs));
rows.push(['cold start', showRatio(await repeat(compareStarts)), '']);

const head = ['against bare node:http', 'longcat-mock', 'aimock'];
const table = [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`);
process.stdout.write(`\n${table.join('\n')}\n`);
process.exit(0);

/** The streams of all servers have as many events as the mock's. */
async function countFrames() {
  const response = await createLongCatMock().fetch('http://localhost/openai/v1/chat/completions', {
    method: 'POST',
    headers: { authorization: 'Bearer bench' },
    body: JSON.stringify(streamed),
  });
  return (await response.text()).split('\n\n').length - 1;
}

async function compareLoads(scenario) {
  const servers = await startAll();
  const ratios = { mock: [], aimock: [] };
  for (let round = -1; round < rounds; round += 1) {
    const results = {};
    for (const server of servers) results[server.kind] = await load(server, scenario);
    if (round < 0) continue; // the first round warms up
    for (const [kind, list] of Object.entries(ratios))
      list.push(divide(results[kind], results.bare));
    process.stderr.write('.');
  }
  for (const { stop } of servers) stop();
  const { mock, aimock } = ratios;
  const row = (name, member) => [
    `${scenario.name}: ${name}`,
    ...[mock, aimock].map((list) => showRatio(median(list.map((ratio) => ratio[member])))),
  ];
  return [row('requests/s', 'rate'), row('CPU', 'cpu')];
}

/** One figure of each server at its end: a ratio, or as it is where the bare one has nothing. */
async function compareEnds(name, measure, show) {
  const servers = await startAll();
  const figures = {};
  for (const server of servers) {
    figures[server.kind] = await measure(server);
    process.stderr.write('.');
  }
  for (const { stop } of servers) stop();
  return [
    name,
    ...['mock', 'aimock'].map((kind) => show(figures[kind] / figures.bare, figures[kind])),
  ];
}

function startAll() {
  return Promise.all(kinds.map((kind) => startServer(kind, frames)));
}

async function repeat(measure) {
  const results = [];
  for (let round = 0; round < rounds; round += 1) results.push(await measure());
  return median(results);
}

function divide(left, right) {
  return { rate: left.rate / right.rate, cpu: left.cpu / right.cpu };
}

function median(numbers) {
  return numbers.toSorted((left, right) => left - right)[Math.floor(numbers.length / 2)];
}

function showRatio(ratio) {
  return `${ratio.toFixed(2)}×`;
}

function showMs(_ratio, milliseconds) {
  return `${milliseconds.toFixed(0)} ms`;
}
