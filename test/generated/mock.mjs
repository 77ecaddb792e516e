import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { here, root } from './command.mjs';

const fixtures = join(here, 'made/fixtures');

/** Starts the built command; each error of the document is a scenario there, by its name. */
export async function startMock(
  flags = ['--fixtures', writeErrors(), '--on-unmatched', 'dynamic'],
) {
  const args = [join(root, 'dist/cli.js'), '--port', '0', '--json', ...flags];
  const { PATH, TMPDIR } = process.env;
  const stdio = ['ignore', 'pipe', 'ignore'];
  const child = spawn(process.execPath, args, { env: { PATH, TMPDIR }, stdio });
  const exit = once(child, 'exit');
  const lines = createInterface(child.stdout);
  const [line] = await Promise.race([once(lines, 'line'), exit.then(refuseToStart)]);
  const { url } = JSON.parse(line);
  return { url, close: () => child.kill() && exit };
}

export const errors = listErrors();

function listErrors() {
  const document = JSON.parse(readFileSync(join(root, 'openapi/longcat.json'), 'utf8'));
  const { responses } = document.paths['/anthropic/v1/messages'].post;
  return Object.entries(responses)
    .filter(([status]) => status >= 400)
    .flatMap(([status, { content }]) =>
      Object.entries(content).flatMap(([type, { examples }]) =>
        Object.keys(examples).map((name) => ({ name, type, status: Number(status) })),
      ),
    );
}

function writeErrors() {
  rmSync(fixtures, { recursive: true, force: true });
  mkdirSync(fixtures, { recursive: true });
  for (const { name } of errors) {
    const fixture = { id: `the-error-${name}`, respond: { error: { name } } };
    const file = { version: 1, scenario: fixture.id, fixtures: [fixture] };
    writeFileSync(join(fixtures, `${name}.longcat.yaml`), JSON.stringify(file));
  }
  writeFileSync(join(here, 'made/errors.json'), JSON.stringify(errors));
  return fixtures;
}

function refuseToStart([code]) {
  throw new Error(`The mock ended with ${code} before it listened.`);
}
