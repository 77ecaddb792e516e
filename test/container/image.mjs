import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, symlinkSync } from 'node:fs';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { run } from './command.mjs';

/**
 * The file system of the image, as far as it is ours, in a folder that nobody may write to: there
 * is no engine to build the image with.
 */
export async function layOut(image, { tarball, scratch, fixtures }) {
  const root = mkdtempSync(join(scratch, 'image-'));
  const inside = (path) => join(root, path);
  for (const path of [image.copied, dirname(image.link[1]), '/cassettes']) {
    mkdirSync(inside(path), { recursive: true });
  }
  await run('tar', ['-xzf', tarball, '--strip-components=1', '-C', inside(image.copied)]);
  symlinkSync(inside(image.link[0]), inside(image.link[1]));
  if (fixtures) cpSync(fixtures, inside('/fixtures'), { recursive: true });
  else mkdirSync(inside('/fixtures'));
  await run('chmod', ['-R', 'a-w,a+rX', root]);
  chmodSync(scratch, 0o755);
  return root;
}

/** Starts the image's very entry point, as its user, with its environment. */
export async function start(image, { root, environment = {} }) {
  const port = await findPort();
  const own = Object.entries(image.environment).map(([name, value]) => [
    name,
    value.startsWith('/') ? join(root, value) : value,
  ]);
  const env = {
    PATH: `${join(root, dirname(image.link[1]))}:${dirname(process.execPath)}:/usr/bin:/bin`,
    HOME: root,
    TMPDIR: root,
    LONGCAT_MOCK_PORT: String(port),
    ...Object.fromEntries(own),
    ...environment,
  };
  // Another user can only be had by root.
  const user = process.getuid() === 0 ? { uid: image.uid, gid: image.gid } : {};
  const options = { cwd: root, env, ...user };
  const [name, ...args] = image.entrypoint;
  const child = spawn(name, args, { ...options, stdio: ['ignore', 'ignore', 'pipe'] });
  let log = '';
  child.stderr.setEncoding('utf8').on('data', (text) => {
    log += text;
  });
  const closed = once(child, 'close').then(([code]) => code);
  const [checker, ...checks] = image.healthcheck;
  const isHealthy = async () => (await run(checker, checks, options)).code === 0;
  return {
    port,
    env,
    isHealthy,
    log: () => log,
    async untilHealthy() {
      for (let tries = 0; tries < 300 && child.exitCode === null; tries += 1) {
        if (await isHealthy()) return true;
        await sleep(100);
      }
      return false;
    },
    async stop() {
      child.kill(image.signal);
      return closed;
    },
  };
}

async function findPort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}
