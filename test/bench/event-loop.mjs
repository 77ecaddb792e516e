// Sends the built command bodies of 8 MB, and tells how long each held the event loop at most, and how
// long a small request took meanwhile: `node test/bench/event-loop.mjs [flags of the command …]`.
// BENCH_ONLY=english leaves the other kinds out. On a busy machine the times are those of its neighbours too.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { Agent, request } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const rounds = Number(process.env.BENCH_ROUNDS ?? 5);
const megabytes = 1024 * 1024;
const command = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));
const fixtures = fileURLToPath(new URL('fixtures/', import.meta.url));
const probe = new URL('event-loop-probe.mjs', import.meta.url).href;
const paths = { openai: '/openai/v1/chat/completions', anthropic: '/anthropic/v1/messages' };

const english = 'The quick brown fox jumps over the lazy dog, and nobody in the village minds. ';
const chinese = '我们今天下午去公园散步，顺便买一些新鲜的水果。';
const json = '{"id": 12345, "name": "widget", "tags": ["a", "b"], "price": 9.99, "ok": true}, ';

/** What the body consists of, in bytes of UTF-8. */
const kinds = {
  english: (size) => say(fill(english, size)),
  'english, 4 MB': (size) => say(fill(english, size / 2)),
  chinese: (size) => say(fill(chinese, size)),
  'chinese, 4 MB': (size) => say(fill(chinese, size / 2)),
  json: (size) => say(fill(json, size)),
  'one letter': (size) => say('a'.repeat(size)),
  emoji: (size) => say(fill('🙂', size)),
  '20,000 messages': (size) => ({ messages: chat(20_000, fill(english, size / 20_000)) }),
  '20,000 messages, 2 MB': (size) => ({ messages: chat(20_000, fill(english, size / 80_000)) }),
  '20,000 parts': (size) => ({ messages: [talk(parts(20_000, fill(english, size / 20_000)))] }),
  'unread member': (size) => ({ ...say('Hello!'), metadata: { note: fill(english, size) } }),
  'small values': (size) => ({
    ...say('Hello!'),
    extra: Array(Math.floor(size / 8)).fill([{}, 1]),
  }),
  'tools, 4 MB': (size) => ({ ...say('Hello!'), tools: size / 2 }),
  'a tool, english, 4 MB': (size) => ({ ...say(fill(english, size / 2)), tools: 350 }),
  'wrong messages': (size) => ({ messages: chat(20_000, [fill(english, size / 20_000)]) }),
  'wrong numbers': (size) => ({ messages: Array(Math.floor(size / 2)).fill(1) }),
  'wrong stop texts': (size) => ({ ...say('Hello!'), stop: Array(Math.floor(size / 2)).fill(1) }),
  'a wrong role': (size) => ({ messages: [{ role: fill(chinese, size), content: '' }] }),
  'unmatched, english, 4 MB': (size) => say(fill(english, size / 2)),
  'unmatched, 20,000 messages, 2 MB': (size) => ({
    messages: chat(20_000, fill(english, size / 80_000)),
  }),
  'unmatched, small values': (size) => ({
    ...say('Hello!'),
    extra: Array(Math.floor(size / 8)).fill([{}, 1]),
  }),
};

const rows = [];
for (const [kind, build] of Object.entries(kinds)) {
  if (!kind.startsWith(process.env.BENCH_ONLY ?? '')) continue;
  for (const dialect of Object.keys(paths)) {
    for (const stream of [false, true]) {
      const members = build(8 * megabytes);
      const tools = members.tools && { tools: schemas(dialect, members.tools) };
      const body = JSON.stringify({ model: 'LongCat-2.0', ...members, ...tools, stream });
      const flags = kind.startsWith('unmatched') ? ['--fixtures', fixtures] : [];
      const figures = await measure(dialect, body, flags);
      rows.push([kind, dialect, stream ? 'streamed' : 'whole', ...figures]);
      process.stderr.write('.');
    }
  }
}
const head = [
  'body',
  'format',
  '',
  'status',
  'median hold',
  'longest hold',
  'small request',
  'answer',
];
const table = [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`);
process.stdout.write(`\n${table.join('\n')}\n`);

async function measure(dialect, body, flags) {
  const server = await start(flags);
  const results = [];
  let status = 0;
  for (let round = -2; round < rounds; round += 1) {
    await pause(100);
    await read(server, 'reset');
    const begun = performance.now();
    let busy = true;
    const waiting = watchSmall(server, () => busy);
    status = await post(server, paths[dialect], body);
    const answer = performance.now() - begun;
    busy = false;
    const small = await waiting;
    const hold = await read(server, 'read');
    if (round >= 0) results.push({ hold, small, answer }); // the first rounds warm up
  }
  server.child.kill('SIGKILL');
  server.agent.destroy();
  const worst = (name) => Math.max(...results.map((result) => result[name]));
  const middle = (name) =>
    results.map((result) => result[name]).sort((one, other) => one - other)[rounds >> 1];
  return [status, ms(middle('hold')), ms(worst('hold')), ms(worst('small')), ms(middle('answer'))];
}

async function start(flags) {
  const given = [...flags, ...process.argv.slice(2)];
  const args = ['--import', probe, command, '--port', '0', ...given];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'ignore', 'ipc'] });
  const [line] = await once(child.stdout, 'data');
  const [, port] = /url=http:\/\/[^ ]*:(\d+)/.exec(String(line));
  return { child, port: Number(port), agent: new Agent({ keepAlive: true }) };
}

async function read({ child }, word) {
  child.send(word);
  const [hold] = await once(child, 'message');
  return hold;
}

/** Small requests one after another while a large one runs: the longest that one took. */
async function watchSmall(server, isBusy) {
  const small = JSON.stringify({ model: 'LongCat-2.0', ...say('Hello!') });
  let longest = 0;
  while (isBusy()) {
    const begun = performance.now();
    await post(server, paths.openai, small);
    longest = Math.max(longest, performance.now() - begun);
    await pause(2);
  }
  return longest;
}

function post({ port, agent }, path, payload) {
  const headers = {
    authorization: 'Bearer bench',
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(payload),
  };
  return new Promise((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port, path, method: 'POST', agent, headers });
    sent.on('response', (response) =>
      response.on('end', () => resolve(response.statusCode)).resume(),
    );
    sent.on('error', reject);
    sent.end(payload);
  });
}

function say(content) {
  return { messages: [talk(content)] };
}

function talk(content) {
  return { role: 'user', content };
}

function chat(length, content) {
  return Array.from({ length }, (_, index) => ({
    role: index % 2 === 0 ? 'user' : 'assistant',
    content,
  }));
}

function parts(length, text) {
  return Array.from({ length }, () => ({ type: 'text', text }));
}

/** Tools of so many bytes: no name is in the message, so that none is called. */
function schemas(dialect, size) {
  const properties = { city: { type: 'string', description: english }, day: { type: 'integer' } };
  const schema = { type: 'object', properties, required: ['city'] };
  return Array.from({ length: Math.floor(size / 350) }, (_, index) => {
    const named = { name: `tool_${index}`, description: english };
    return dialect === 'anthropic'
      ? { ...named, input_schema: schema }
      : { type: 'function', function: { ...named, parameters: schema } };
  });
}

function fill(sample, size) {
  return sample.repeat(Math.ceil(size / Buffer.byteLength(sample)));
}

function ms(milliseconds) {
  return `${milliseconds.toFixed(0)} ms`;
}
