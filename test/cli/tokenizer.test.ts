import { expect, it } from 'vitest';
import { ask } from '../ask.ts';
import { writeTokenizer } from '../tokenizer/byte-level.ts';
import { writeFile } from '../tokenizer/files.ts';
import { run, serve } from './command.ts';

const tokenizer = writeFile(writeTokenizer());

it.each([
  ['flag', ['--tokenizer', tokenizer], {}],
  ['variable', [], { LONGCAT_MOCK_TOKENIZER: tokenizer }],
  ['file', ['--config', writeFile(JSON.stringify({ tokenizer }))], {}],
])('the tokenizer of a %s counts', async (_source, args, environment) => {
  await using mock = await serve(args, environment);
  const response = await ask({ messages: [{ role: 'user', content: 'hello' }] }, { mock });

  expect((await response.json()).usage.prompt_tokens).toBe(5);
});

it('the command ends with a tokenizer as without', async () => {
  const mock = await serve(['--tokenizer', tokenizer]);
  await ask({}, { mock });

  expect((await mock.stop()).code).toBe(0);
});

it.each([
  ['/nowhere/tokenizer.json', 'ENOENT'],
  [writeFile('hello'), 'It is not JSON'],
  [writeFile('{}'), 'It is not a tokenizer'],
  ['', 'expected the path of a tokenizer.json'],
])('--tokenizer %j ends with 2 and says why', async (path, reason) => {
  const { code, stdout, stderr } = await run(['--port', '0', '--tokenizer', path]);

  expect(code).toBe(2);
  expect(stdout).toBe('');
  for (const word of ['--tokenizer', 'LONGCAT_MOCK_TOKENIZER', reason]) {
    expect(stderr).toContain(word);
  }
});
