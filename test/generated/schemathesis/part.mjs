import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { run } from '../command.mjs';
import { startMock } from '../mock.mjs';
import { createTally, readJunit } from '../tally.mjs';
import { prepareVenv } from '../venv.mjs';

const documents = {
  longcat: ['--accept-key', 'good', '--models', '*'],
  admin: ['--admin-token', 'good'],
};

/** Requests that keep to each document and that break it; each operation is one test. */
export async function test({ root, folder, made }) {
  const tally = createTally();
  const { bin, problem } = prepareVenv(join(made, 'venv'), join(folder, 'requirements.txt'));
  if (!tally.check('Python and Schemathesis', problem)) return tally.counts;

  for (const [name, flags] of Object.entries(documents)) {
    const document = join(root, 'openapi', `${name}.yaml`);
    if (existsSync(document)) tally.add(await hold({ name, flags, document, bin, folder, made }));
  }
  return tally.counts;
}

async function hold({ name, flags, document, bin, folder, made }) {
  const report = join(made, 'client', `${name}.xml`);
  const mock = await startMock(flags);
  const args = [
    ...['--config-file', join(folder, `${name}.toml`), 'run', document, '--url', mock.url],
    ...['--report', 'junit', '--report-junit-path', report, '--no-color'],
  ];
  const env = {
    SCHEMATHESIS_HOOKS: 'hooks',
    PYTHONPATH: folder,
    PYTHONDONTWRITEBYTECODE: '1',
    NO_PROXY: '127.0.0.1',
  };
  const isWell = run(join(bin, 'schemathesis'), args, { cwd: made, env });
  await mock.close();
  const counts = readJunit(report);
  return isWell || counts.failed > 0 ? counts : { ...counts, failed: 1 };
}
