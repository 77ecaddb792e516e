import { open, readFile, rename, rm, stat } from 'node:fs/promises';
import { hostname } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';

const retryMs = 5;
/** Longer than any write takes: a lock that old was left by a process on another machine. */
const staleMs = 15_000;
/** Of a lock whose owner was killed before it could sign. */
const unsignedMs = 1000;

/**
 * Does something while no other process does it. What a process left that was killed is taken over:
 * at once on the same machine, else after a while.
 */
export async function withLock<Result>(path: string, act: () => Promise<Result>): Promise<Result> {
  const lock = `${path}.lock`;
  const token = `${hostname()} ${process.pid} ${crypto.randomUUID()}`;
  while (!(await take(lock, token))) {
    await dropStale(lock);
    await sleep(retryMs * (1 + Math.random()));
  }
  try {
    return await act();
  } finally {
    await rm(lock, { force: true });
  }
}

async function take(lock: string, token: string): Promise<boolean> {
  try {
    const handle = await open(lock, 'wx', 0o600);
    await handle.writeFile(token).finally(() => handle.close());
    return (await readOwner(lock)) === token;
  } catch (error) {
    if (isCode(error, 'EEXIST')) return false;
    throw error;
  }
}

/** Moved away before it goes: of several processes that find it stale one moves it. */
async function dropStale(lock: string): Promise<void> {
  const found = await readOwner(lock);
  if (found === undefined || !(await isStale(lock, found))) return;
  const aside = `${lock}.${crypto.randomUUID()}`;
  try {
    await rename(lock, aside);
  } catch (error) {
    if (isCode(error, 'ENOENT')) return;
    throw error;
  }
  const moved = await readOwner(aside);
  // Between the look and the move another may have taken the lock anew: it is put back.
  if (moved !== found) await rename(aside, lock);
  else await rm(aside, { force: true });
}

async function isStale(lock: string, owner: string): Promise<boolean> {
  const [host, pid] = owner.split(' ');
  if (host === hostname() && pid) return !isRunning(Number(pid));
  const { mtimeMs } = await stat(lock).catch(() => ({ mtimeMs: Date.now() }));
  return Date.now() - mtimeMs > (owner === '' ? unsignedMs : staleMs);
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return !isCode(error, 'ESRCH');
  }
}

async function readOwner(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (isCode(error, 'ENOENT')) return undefined;
    throw error;
  }
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
