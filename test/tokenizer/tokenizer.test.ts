import { execFileSync } from 'node:child_process';
import { expect, it, onTestFinished } from 'vitest';
import { MockError } from '../../src/index.ts';
import { createTokenizer, type Tokenizer } from '../../src/tokenizer/tokenizer.ts';
import { writeTokenizer } from './byte-level.ts';
import { writeFile } from './files.ts';

const worker = () => new URL('../../dist/tokenizer-worker.js', import.meta.url);

function open(path: string, module = worker): Tokenizer {
  const tokenizer = createTokenizer({ path, worker: module });
  onTestFinished(() => tokenizer.close());
  return tokenizer;
}

it('texts are counted in their order', async () => {
  const tokenizer = open(writeFile(writeTokenizer()));

  expect(await tokenizer.count(['hello', '', 'hello wor', 'a'.repeat(8)])).toEqual([1, 0, 2, 2]);
});

it('a short text does not wait for a long one', async () => {
  const tokenizer = open(writeFile(writeTokenizer()));
  await tokenizer.load();
  const done: string[] = [];
  const long = tokenizer.count(['hello wor '.repeat(400_000)]).then(() => done.push('long'));
  const short = tokenizer.count(['hello']).then(() => done.push('short'));
  await Promise.all([long, short]);

  expect(done).toEqual(['short', 'long']);
});

it.each([
  ['a'.repeat(4_000_000), 1_000_000],
  [' '.repeat(4_000_000), 4_000_000],
  ['中'.repeat(1_300_000), 3_900_000],
])('text %# of one long run is counted', async (text, tokens) => {
  expect(await open(writeFile(writeTokenizer())).count([text])).toEqual([tokens]);
});

it.each([
  ['/nowhere/at/all/tokenizer.json', /ENOENT/],
  [writeFile('hello'), /It is not JSON: /],
  [writeFile('{"model": 5}'), /It is not a tokenizer: /],
])('%s is refused with flag, variable and reason', async (path, reason) => {
  const error = await open(path)
    .load()
    .catch((caught: unknown) => caught);

  expect(error).toBeInstanceOf(MockError);
  expect(error).toMatchObject({ code: 'invalid-config', message: expect.stringMatching(reason) });
  for (const name of [path, '--tokenizer', 'LONGCAT_MOCK_TOKENIZER']) {
    expect(String(error)).toContain(name);
  }
});

it('what the thread throws is told, and the next call starts another', async () => {
  const broken = `
    import { parentPort } from 'node:worker_threads';
    parentPort.postMessage({ kind: 'ready' });
    parentPort.on('message', ({ id, texts }) => {
      if (texts[0] === 'crash') throw new Error('out of luck');
      parentPort.postMessage({ kind: 'counted', id, counts: [7] });
    });`;
  const tokenizer = open(
    'any',
    () => new URL(`data:text/javascript,${encodeURIComponent(broken)}`),
  );

  await expect(tokenizer.count(['crash'])).rejects.toThrow('has ended: out of luck');
  expect(await tokenizer.count(['again'])).toEqual([7]);
});

it('what is under way when it closes is refused, and so is what comes after', async () => {
  const tokenizer = open(writeFile(writeTokenizer()));
  await tokenizer.load();
  const counting = tokenizer.count(['hello wor '.repeat(400_000)]).catch(String);
  await tokenizer.close();

  expect(await counting).toContain('it was closed');
  await expect(tokenizer.count(['hello'])).rejects.toThrow('The mock is closed.');
});

it('a process with a tokenizer that is loaded and idle ends by itself', async () => {
  const library = new URL('../../dist/index.js', import.meta.url).href;
  const path = writeFile(writeTokenizer());
  const script = `
    const { createLongCatMock } = await import(${JSON.stringify(library)});
    const mock = createLongCatMock({ tokenizer: ${JSON.stringify(path)} });
    const body = '{"model":"LongCat-2.0","messages":[{"role":"user","content":"hello"}]}';
    const request = { method: 'POST', headers: { authorization: 'Bearer test' }, body };
    const url = 'http://localhost/openai/v1/chat/completions';
    const { usage } = await (await mock.fetch(url, request)).json();
    process.stdout.write(String(usage.prompt_tokens));`;
  const output = execFileSync(process.execPath, ['--input-type=module', '--eval', script]);

  expect(String(output)).toBe('5');
});
