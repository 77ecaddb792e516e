import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const modules = fileURLToPath(new URL('node_modules/', import.meta.url));
const timeout = 120_000;

/** An empty directory that is home and working directory of a command. */
export async function createHome() {
  const path = await mkdtemp(join(tmpdir(), 'longcat-mock-clients-'));
  return { path, remove: () => rm(path, { recursive: true, force: true, maxRetries: 3 }) };
}

/** Runs a command of a package in a home, with a proxy between it and the rest of the world. */
export function runCommand(path, args, { home, proxy, variables }) {
  const env = {
    PATH: process.env.PATH,
    HOME: home,
    HTTP_PROXY: proxy,
    HTTPS_PROXY: proxy,
    NO_PROXY: '127.0.0.1,localhost',
    ...variables,
  };
  const options = { cwd: home, env, timeout, killSignal: 'SIGKILL' };
  return new Promise((resolve) => {
    const child = execFile(join(modules, path), args, options, (error, stdout, stderr) =>
      resolve({ status: error ? (error.code ?? error.signal) : 0, stdout, stderr }),
    );
    child.stdin.end();
  });
}
