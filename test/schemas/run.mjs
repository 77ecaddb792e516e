// Sends many JSON Schemas to the built mock, as tools and as response formats, and has Ajv judge
// the values. "npm ci --ignore-scripts" in this folder fetches what the schemas are read from.
//
//   node test/schemas/run.mjs               all sources
//   node test/schemas/run.mjs hostile MCP   those whose title holds one of the words
import { Worker } from 'node:worker_threads';
import { impossible, known } from './known.mjs';
import { describeTimes, report } from './report.mjs';
import { sources } from './sources.mjs';

const longestMs = 10_000;
const fewestSchemas = 1000;
const leastSatisfied = 0.986;
/** The worst that happened to a schema is what counts. */
const severities = [
  'ok',
  'warned',
  'foreign-said',
  'foreign',
  'refused',
  'missed',
  'endless',
  'wrong',
  'error',
  'hang',
];

process.exitCode = await run(process.argv.slice(2));

async function run(words) {
  const titles = Object.keys(sources).filter(
    (title) => words.length === 0 || words.some((word) => title.includes(word)),
  );
  const seen = new Set();
  const results = [];
  for (const title of titles) {
    const cases = dropTwins(await sources[title](), seen);
    results.push(...(await judgeAll(title, cases)));
  }
  const isWhole = words.length === 0;
  return report(results, {
    known: isWhole ? known : new Map(),
    fewest: isWhole ? fewestSchemas : 1,
    least: leastSatisfied,
  });
}

function dropTwins(cases, seen) {
  return cases.filter(({ schema }) => {
    const text = JSON.stringify(schema);
    return !seen.has(text) && seen.add(text);
  });
}

async function judgeAll(source, cases) {
  const results = [];
  let worker = start();
  for (const one of cases) {
    const { outcomes, times } = await judge(worker, one.schema);
    const worst = outcomes.reduce((a, b) =>
      severities.indexOf(b.kind) > severities.indexOf(a.kind) ? b : a,
    );
    const kind = excuse(worst.kind, one);
    if (worst.isDead) {
      await worker.terminate();
      worker = start();
    }
    results.push({ ...worst, source, path: one.path, kind, times });
  }
  await worker.terminate();
  process.stdout.write(`${source}: ${cases.length} schemas, ${describeTimes(results)}\n`);
  return results;
}

/** What counts where the schema itself is to blame, or Ajv. */
function excuse(
  kind,
  { path, isSatisfiable = !impossible.includes(path), isMisjudged, isRefused },
) {
  if (kind === 'missed' && !isSatisfiable) return 'impossible';
  if (kind === 'refused' && isRefused) return 'refused-well';
  return isMisjudged && ['missed', 'wrong'].includes(kind) ? 'misjudged' : kind;
}

function start() {
  return new Worker(new URL('worker.mjs', import.meta.url));
}

/** The outcomes of all forms and seeds; a hang where the mock, or Ajv, does not come to an end. */
function judge(worker, schema) {
  const times = [];
  return new Promise((resolve) => {
    let timer;
    const settle = (outcomes) => {
      clearTimeout(timer);
      worker.off('message', hear).off('error', fail);
      resolve({ outcomes, times });
    };
    const wait = (kind, note) => {
      clearTimeout(timer);
      timer = setTimeout(() => settle([{ kind, note, isDead: true }]), longestMs);
    };
    const fail = (error) => settle([{ kind: 'error', note: error.stack, isDead: true }]);
    const hear = ({ answered, outcomes }) => {
      if (outcomes) return settle(outcomes);
      if (answered === undefined) return wait('hang', `No answer after ${longestMs} ms.`);
      times.push(answered);
      wait('endless', `No verdict after ${longestMs} ms.`);
    };
    worker.on('message', hear).on('error', fail);
    wait('hang', `No answer after ${longestMs} ms.`);
    worker.postMessage(JSON.stringify(schema));
  });
}
