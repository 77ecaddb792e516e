import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const here = dirname(fileURLToPath(import.meta.url));

const usualPaths = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
/** A Chromium on this machine, if there is one. */
export const chromium =
  process.env.CHROMIUM_PATH || usualPaths.find((path) => existsSync(path)) || undefined;

const timeLimit = 300_000;

/** Runs a script of an installed package; resolves to what it wrote and how it ended. */
export function run(script, args, { cwd = here, env = {} } = {}) {
  const { PATH, HOME, TMPDIR, CHROMIUM_PATH } = process.env;
  const given = { PATH, HOME, TMPDIR, CHROMIUM_PATH, NO_COLOR: '1', ...env };
  return new Promise((resolve, reject) => {
    const path = join(here, 'node_modules', script);
    const child = spawn(process.execPath, [...(script ? [path] : []), ...args], {
      cwd,
      env: Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)),
      timeout: timeLimit,
    });
    let [stdout, stderr] = ['', ''];
    child.stdout.on('data', (text) => {
      stdout += text;
    });
    child.stderr.on('data', (text) => {
      stderr += text;
    });
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, stdout, stderr }));
  });
}
