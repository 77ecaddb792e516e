import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { capture, run } from '../command.mjs';
import { createTally, readJunit } from '../tally.mjs';
import { prepareVenv } from '../venv.mjs';

/** openapi-python-client for calls, datamodel-code-generator for models alone. */
export async function test({ root, folder, made, mock }) {
  const tally = createTally();
  const { bin, problem } = prepareVenv(join(made, 'venv'), join(folder, 'requirements.txt'));
  if (!tally.check('Python and its packages', problem)) return tally.counts;

  const client = join(made, 'client');
  const document = join(root, 'openapi/longcat.json');
  mkdirSync(client, { recursive: true });
  tally.check('openapi-python-client takes the document', makeClient(bin, document, client));
  tally.check('datamodel-code-generator takes the document', makeModels(bin, document, client));

  const report = join(client, 'report.xml');
  const quietly = ['-q', '--tb=short', '-p', 'no:cacheprovider', `--junitxml=${report}`];
  const env = { MOCK_URL: mock.url, PYTHONPATH: client, NO_PROXY: '127.0.0.1' };
  run(join(bin, 'python'), ['-B', '-m', 'pytest', ...quietly, folder], { env });
  tally.add(readJunit(report));
  return tally.counts;
}

/** It goes on without the schemas that it does not understand, so that any word counts. */
function makeClient(bin, document, client) {
  const target = join(client, 'openapi_python_client');
  const args = ['generate', '--path', document, '--output-path', target, '--meta', 'none'];
  const env = { PATH: `${bin}:${process.env.PATH}` };
  const { status, output } = capture(join(bin, 'openapi-python-client'), args, { env });
  return status === 0 && /^Generating \S+$/.test(output) ? '' : output;
}

function makeModels(bin, document, client) {
  const { status, output } = capture(join(bin, 'datamodel-codegen'), [
    ...['--input', document, '--input-file-type', 'openapi'],
    ...['--output', join(client, 'longcat_models.py')],
    ...['--output-model-type', 'pydantic_v2.BaseModel', '--target-python-version', '3.10'],
    ...['--use-annotated', '--use-union-operator', '--enum-field-as-literal', 'all'],
    ...['--formatters', 'builtin'],
  ]);
  return status === 0 && output === '' ? '' : output;
}
