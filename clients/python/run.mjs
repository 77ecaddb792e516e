// Tests the pytest plugin against the built mock, with the official Python clients.
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { conclude, testIn } from '../../test/python/environment.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const files = {
  requirements: join(here, 'requirements.txt'),
  description: join(here, 'pyproject.toml'),
};
// Its own tests are the first to share one mock among workers.
const args = ['-n', '3', '--dist', 'loadfile', ...process.argv.slice(2)];

conclude([testIn(join(here, '.venv/test'), { ...files, args })]);
