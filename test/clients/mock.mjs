import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const command = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));

/** Starts the built command as users do, with the settings it has by default. */
export async function startMock() {
  const child = spawn(process.execPath, [command, '--port', '0', '--json'], {
    env: {},
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exit = once(child, 'exit');
  const lines = createInterface(child.stdout);
  const first = await Promise.race([once(lines, 'line'), exit.then(refuseToStart)]);
  const { openai, anthropic } = JSON.parse(first[0]);
  return { openai, anthropic, close: () => child.kill() && exit };
}

function refuseToStart([code]) {
  throw new Error(`The mock ended with ${code} before it listened.`);
}
