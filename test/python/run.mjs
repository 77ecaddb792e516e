// Runs the official Python clients, in the newest and an older version, against the built mock.
import { rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { conclude, testIn } from './environment.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const environments = join(here, '.venv');
const generations = ['requirements.txt', 'requirements-older.txt'];

const summary = join(environments, 'summary.txt');
rmSync(summary, { force: true });
writeFileSync(summary, conclude(generations.map(testGeneration)));

function testGeneration(name) {
  process.stdout.write(`\n${name}\n`);
  const requirements = join(here, name);
  const args = [...process.argv.slice(2), here];
  return testIn(join(environments, name.replace('.txt', '')), { requirements, args });
}
