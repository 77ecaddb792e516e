import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const required = process.env['REQUIRE_PYTHON'] === '1';
const runner = fileURLToPath(new URL('run.mjs', import.meta.url));

if (!required) process.stdout.write('test/python is run by "npm run test:python".\n');

/** Installing the clients takes most of it. */
const timeout = 600_000;

it.skipIf(!required)(
  'the official Python clients talk to the built mock (run by "npm run test:python", or here with REQUIRE_PYTHON=1)',
  { timeout },
  async () => {
    const { passed, output } = await runPython();
    process.stdout.write(output);
    expect(passed, output).toBe(true);
  },
);

function runPython(): Promise<{ readonly passed: boolean; readonly output: string }> {
  return new Promise((resolve) => {
    const child = execFile(process.execPath, [runner], { timeout }, (error, stdout, stderr) =>
      resolve({ passed: error === null, output: `${stdout}${stderr}` }),
    );
    child.stdin?.end();
  });
}
