import { execFile } from 'node:child_process';
import { readdir, readFile, readlink } from 'node:fs/promises';
import { promisify } from 'node:util';
import { formatUrl } from '../http/address.ts';

const run = promisify(execFile);

/** Who listens on a port, in words for an error message. */
export async function findPortHolder(host: string, port: number): Promise<string> {
  const holders = await Promise.all([askForMock(host, port), findProcess(port)]);
  const names = holders.filter((name) => name !== undefined);
  return names.length > 0 ? names.join(', ') : 'another program';
}

async function askForMock(host: string, port: number): Promise<string | undefined> {
  try {
    const response = await fetch(`${formatUrl(host, port)}/health`, {
      signal: AbortSignal.timeout(2000),
    });
    const { name, version } = (await response.json()) as { name?: unknown; version?: unknown };
    return name === 'longcat-mock' ? `another longcat-mock ${version}` : undefined;
  } catch {
    return undefined;
  }
}

async function findProcess(port: number): Promise<string | undefined> {
  try {
    const pid = process.platform === 'linux' ? await findLinuxPid(port) : await askLsof(port);
    if (pid === undefined) return undefined;
    const { stdout } = await run('ps', ['-o', 'comm=', '-p', pid]).catch(() => ({ stdout: '' }));
    return `${stdout.trim() || 'a process'} with pid ${pid}`;
  } catch {
    return undefined;
  }
}

async function askLsof(port: number): Promise<string | undefined> {
  const { stdout } = await run('lsof', ['-nP', `-iTCP:${port}`, '-sTCP:LISTEN', '-t']);
  return stdout.split('\n')[0] || undefined;
}

/** Linux lists the sockets that listen with their inodes, and each process links to its own. */
async function findLinuxPid(port: number): Promise<string | undefined> {
  const inodes = await listListeningInodes(port);
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  for (const pid of pids) {
    const descriptors = await readdir(`/proc/${pid}/fd`).catch(() => []);
    for (const descriptor of descriptors) {
      const target = await readlink(`/proc/${pid}/fd/${descriptor}`).catch(() => '');
      if (inodes.has(target)) return pid;
    }
  }
  return undefined;
}

const listening = '0A';

async function listListeningInodes(port: number): Promise<ReadonlySet<string>> {
  const tables = await Promise.all(
    ['/proc/net/tcp', '/proc/net/tcp6'].map((path) => readFile(path, 'utf8').catch(() => '')),
  );
  const suffix = `:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  const rows = tables.flatMap((table) => table.split('\n').map((row) => row.trim().split(/\s+/)));
  return new Set(
    rows
      .filter(([, local = '', , state]) => local.endsWith(suffix) && state === listening)
      .map((row) => `socket:[${row[9]}]`),
  );
}
