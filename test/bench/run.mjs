// Measures the mock, and its rivals, against a bare node:http server in the same run: all in turn,
// the medians of the ratios to the bare one. Absolute times mean nothing on a shared machine.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import {
  compareStarts,
  frames,
  loads,
  measureAborts,
  measureFixtures,
  measureMemory,
  measurePaced,
} from './cases.mjs';
import { load, startServer } from './load.mjs';

installRivals();
const rounds = Number(process.env.BENCH_ROUNDS ?? 7);
const columns = {
  mock: 'longcat-mock, generated',
  scripted: 'longcat-mock, fixtures',
  aimock: 'aimock, fixtures',
  mockoon: 'Mockoon, one route',
};
const kinds = Object.keys(columns);
const streaming = ['scripted', 'aimock'];

const rows = [];
for (const scenario of loads) rows.push(...(await compareLoads(scenario)));
rows.push(...(await comparePaced()));
rows.push(await compareEnds('CPU in the second after 500 clients left', measureAborts, showMs));
rows.push(await compareEnds('memory after 50,000 requests', measureMemory, showRatio, kinds));
rows.push(await compareFixtures());
rows.push(['cold start of the command', showRatio(await repeat(compareStarts)), '', '', '']);

const head = ['against bare node:http', ...Object.values(columns)];
const table = [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`);
process.stdout.write(`\n${table.join('\n')}\n`);
process.exit(0);

function installRivals() {
  const folder = fileURLToPath(new URL('.', import.meta.url));
  if (existsSync(`${folder}node_modules/@mockoon`)) return;
  process.stderr.write('Installing the rivals.\n');
  const args = ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--prefix', folder];
  const { status } = spawnSync('npm', args, { stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}

async function compareLoads(scenario) {
  const { name, without = [] } = scenario;
  const servers = await startAll(kinds.filter((kind) => !without.includes(kind)));
  const ratios = new Map(kinds.map((kind) => [kind, []]));
  for (let round = -1; round < rounds; round += 1) {
    const results = {};
    for (const server of servers) results[server.kind] = await load(server, scenario);
    if (round < 0) continue; // the first round warms up
    const { bare, ...others } = results;
    for (const [kind, { rate, cpu }] of Object.entries(others)) {
      ratios.get(kind).push({ rate: rate / bare.rate, cpu: cpu / bare.cpu });
    }
    process.stderr.write('.');
  }
  for (const { stop } of servers) stop();
  const row = (figure, member) => [
    `${name}: ${figure}`,
    ...kinds.map((kind) => showMedian(ratios.get(kind).map((ratio) => ratio[member]))),
  ];
  return [row('requests/s', 'rate'), row('CPU', 'cpu')];
}

async function comparePaced() {
  const servers = await startAll(streaming);
  const figures = new Map(['bare', ...streaming].map((kind) => [kind, []]));
  for (let round = -1; round < Math.ceil(rounds / 2); round += 1) {
    for (const server of servers) {
      const figure = await measurePaced(server);
      if (round >= 0) figures.get(server.kind).push(figure);
    }
    process.stderr.write('.');
  }
  for (const { stop } of servers) stop();
  const bare = figures.get('bare');
  const row = (name, show) => [
    `500 streams at 20 ms a chunk: ${name}`,
    ...kinds.map((kind) => (streaming.includes(kind) ? show(figures.get(kind)) : '')),
  ];
  const against = (member) => (list) =>
    showMedian(list.map((figure, round) => figure[member] / bare[round][member]));
  return [
    row(
      'finished',
      (list) => `${(100 * median(list.map(({ finished }) => finished))).toFixed(0)} %`,
    ),
    row('lateness, 99th percentile', against('late')),
    row('CPU', against('cpu')),
  ];
}

/** One figure of each server at its end: a ratio, or as it is where the bare one has nothing. */
async function compareEnds(name, measure, show, among = streaming) {
  const servers = await startAll(among);
  const figures = {};
  for (const server of servers) {
    figures[server.kind] = await measure(server);
    process.stderr.write('.');
  }
  for (const { stop } of servers) stop();
  return [
    name,
    ...kinds.map((kind) =>
      among.includes(kind) ? show(figures[kind] / figures.bare, figures[kind]) : '',
    ),
  ];
}

async function compareFixtures() {
  const [few, many] = await Promise.all([startServer('few', frames), startServer('many', frames)]);
  const ratio = await repeat(async () => {
    const cost = await measureFixtures(few);
    return (await measureFixtures(many)) / cost;
  });
  few.stop();
  many.stop();
  return ['CPU among 5,000 fixtures, against 5', '', showRatio(ratio), '', ''];
}

function startAll(among) {
  return Promise.all(['bare', ...among].map((kind) => startServer(kind, frames)));
}

async function repeat(measure) {
  const results = [];
  for (let round = 0; round < rounds; round += 1) results.push(await measure());
  return median(results);
}

function median(numbers) {
  return numbers.toSorted((left, right) => left - right)[Math.floor(numbers.length / 2)];
}

function showMedian(ratios) {
  return ratios.length === 0 ? '' : showRatio(median(ratios));
}

function showRatio(ratio) {
  return `${ratio.toFixed(2)}×`;
}

function showMs(_ratio, milliseconds) {
  return `${milliseconds.toFixed(0)} ms`;
}
