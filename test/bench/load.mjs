import { fork } from 'node:child_process';
import { once } from 'node:events';
import { Agent, request } from 'node:http';
import { fileURLToPath } from 'node:url';

const script = fileURLToPath(new URL('server.mjs', import.meta.url));
const rivalPath = '/v1/chat/completions';
const paths = { aimock: rivalPath, mockoon: rivalPath };

/** Starts one of the servers; `frames` is how many events its streams have. */
export async function startServer(kind, frames) {
  const child = fork(script, [kind, String(frames)], { execArgv: ['--expose-gc'], silent: false });
  const [{ port }] = await once(child, 'message');
  const path = paths[kind] ?? '/openai/v1/chat/completions';
  return { kind, child, port, path, stop: () => child.kill('SIGKILL') };
}

/** CPU time so far, in microseconds, as the process itself sees it. */
export function readCpu(server) {
  return inquire(server, 'cpu');
}

/** Memory in bytes, after what is garbage has gone. */
export function readMemory(server) {
  return inquire(server, 'memory');
}

async function inquire({ child }, what) {
  child.send(what);
  const [answer] = await once(child, 'message');
  return answer;
}

/** So many requests over so many connections: requests a second, and CPU a request. */
export async function load(server, { body, bodies = {}, connections, requests }) {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const payload = JSON.stringify(bodies[server.kind] ?? body);
  const before = await readCpu(server);
  const start = performance.now();
  let left = requests;
  const worker = async () => {
    while (left > 0) {
      left -= 1;
      await ask(server, { payload, agent });
    }
  };
  await Promise.all(Array.from({ length: connections }, worker));
  const seconds = (performance.now() - start) / 1000;
  const after = await readCpu(server);
  agent.destroy();
  return { rate: requests / seconds, cpu: (after - before) / requests };
}

/** One request to its end; with `abort`, only to its first bytes. */
export function ask({ port, path }, { payload, agent, abort = false, onData }) {
  const headers = {
    authorization: 'Bearer bench',
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(payload),
  };
  return new Promise((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port, path, method: 'POST', agent, headers });
    sent.on('response', (response) => {
      if (response.statusCode !== 200) reject(new Error(`Status ${response.statusCode}`));
      if (onData) response.on('data', onData);
      if (!abort) return response.on('end', resolve).resume();
      response.once('data', () => {
        sent.destroy();
        resolve();
      });
    });
    sent.on('error', reject);
    sent.end(payload);
  });
}
