import { spawn } from 'node:child_process';

/** Runs a command to its end, and tells all that it wrote. */
export function run(name, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(name, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
    const output = { stdout: '', stderr: '' };
    for (const stream of ['stdout', 'stderr']) {
      child[stream].setEncoding('utf8').on('data', (text) => {
        output[stream] += text;
      });
    }
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, ...output }));
  });
}

/** The lines of a command that should have ended with 0, as problems. */
export function complain({ code, stdout, stderr }) {
  return code === 0 ? [] : [`It ended with ${code}.`, ...`${stdout}${stderr}`.trim().split('\n')];
}
