// Sends many generated bodies to the built mock, in a process of its own, and fails on an answer
// above 499, on one that takes too long, and on a heap that keeps growing.
//
//   node --expose-gc test/fuzz/soak.mjs            100,000 bodies
//   SOAK_REQUESTS=5000 node test/fuzz/soak.mjs     fewer
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { Agent, request } from 'node:http';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { anyRequest } from './soak-bodies.mjs';

const total = Number(process.env.SOAK_REQUESTS ?? 100_000);
const seed = Number(process.env.FUZZ_SEED ?? 20_260_901);
const concurrency = 16;
const longestAnswerMs = 5000;
/** What the heap may gain from one third to the next by chance alone. */
const slackBytes = 2 * 1024 * 1024;
const mostReported = 20;
const batchSize = 1000;

if (process.argv[2] === 'serve') await serve();
else process.exitCode = await soak();

/** The mock, in the child process. It tells how large its heap is whenever it is asked. */
async function serve() {
  const { startLongCatMock } = await import('../../dist/index.js');
  const validations = ['error', 'warn', 'off'];
  const mocks = await Promise.all(
    validations.map((validate) => startLongCatMock({ port: 0, models: ['*'], validate })),
  );
  process.on('message', () => {
    for (let pass = 0; pass < 4; pass += 1) globalThis.gc();
    process.send({ heap: process.memoryUsage().heapUsed });
  });
  process.on('disconnect', () => process.exit());
  process.send({ ports: mocks.map(({ port }) => port) });
}

async function soak() {
  const server = await start();
  const failures = [];
  const hung = [];
  const heaps = [];
  let sent = 0;

  for (let third = 1; third <= 3 && hung.length === 0; third += 1) {
    const end = Math.round((total * third) / 3);
    while (sent < end && hung.length === 0) {
      const batch = drawBatch(Math.min(batchSize, end - sent), sent);
      sent += await sendAll(batch, { server, failures, hung });
      if (sent % 10_000 < batchSize) say(`${sent} of ${total} sent, ${failures.length} failed`);
    }
    if (hung.length === 0) heaps.push(await readHeap(server));
  }
  stop(server);

  const answered = sent - failures.length - hung.length;
  const guilty = await findGuilty(hung);
  failures.push(...guilty);
  if (heaps.length > 0) say(`heap after each third: ${heaps.map(inMegabytes).join(', ')}`);
  if (keepsGrowing(heaps)) failures.push('The heap keeps growing.');
  for (const failure of failures.slice(0, mostReported)) say(failure);
  const skipped = Math.max(0, total - answered - failures.length);
  say(`${answered} passed, ${failures.length} failed, ${skipped} skipped`);
  return failures.length === 0 ? 0 : 1;
}

async function start() {
  const child = fork(fileURLToPath(import.meta.url), ['serve'], { execArgv: ['--expose-gc'] });
  const [{ ports }] = await once(child, 'message');
  return { child, ports, agent: new Agent({ keepAlive: true, maxSockets: concurrency }) };
}

function stop({ child, agent }) {
  agent.destroy();
  child.kill('SIGKILL');
}

/** One request that hangs holds up those beside it: each is tried again, with a server to itself. */
async function findGuilty(hung) {
  const problems = [];
  for (const asked of hung) {
    const server = await start();
    const { problem } = await post(asked, server);
    stop(server);
    if (problem) problems.push(describe(problem, asked));
  }
  if (hung.length > 0 && problems.length === 0) {
    return hung.slice(0, 1).map((asked) => describe('No answer, though only in company', asked));
  }
  return problems;
}

/** The first third fills what is remembered of requests; after it there is nothing to gain. */
function keepsGrowing([first, second, third]) {
  return third - second > slackBytes && second - first > slackBytes;
}

async function readHeap({ child }) {
  child.send('heap');
  const [answer] = await Promise.race([once(child, 'message'), once(child, 'exit')]);
  return answer?.heap;
}

/** How many were sent: all, unless one hangs. */
async function sendAll(batch, { server, failures, hung }) {
  let next = 0;
  const worker = async () => {
    while (next < batch.length && hung.length === 0) {
      const asked = batch[next];
      next += 1;
      const { problem, isHung } = await post(asked, server);
      if (isHung) hung.push(asked);
      else if (problem) failures.push(describe(problem, asked));
    }
  };
  await Promise.all(Array.from({ length: concurrency }, worker));
  return next;
}

/** What is wrong with the answer, if anything. */
function post({ path, server, body }, { ports, agent }) {
  const headers = {
    authorization: 'Bearer soak',
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
  };
  const options = { host: '127.0.0.1', method: 'POST', port: ports[server], path, agent, headers };
  return new Promise((resolve) => {
    const sent = request(options, (response) => {
      const { statusCode } = response;
      response.on('error', fail);
      response.resume().on('end', () => {
        settle(statusCode >= 500 ? { problem: `Status ${statusCode}` } : {});
      });
    });
    const timer = setTimeout(() => {
      settle({ problem: `No end after ${longestAnswerMs} ms`, isHung: true });
      sent.destroy();
    }, longestAnswerMs);
    const settle = (outcome) => {
      clearTimeout(timer);
      resolve(outcome);
    };
    const fail = ({ message }) => settle({ problem: `Broken off (${message})`, isHung: true });
    sent.on('error', fail);
    sent.end(body);
  });
}

function describe(problem, { path, body }) {
  const start = body.length > 2000 ? `${body.slice(0, 2000)}… (${body.length} characters)` : body;
  return `${problem}: POST ${path} ${start}`;
}

function say(line) {
  process.stdout.write(`${line}\n`);
}

function inMegabytes(bytes) {
  return `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}

/** The same cases in every run with the same seed. */
function drawBatch(numRuns, start) {
  return fc.sample(anyRequest, { numRuns, seed: seed + start });
}
