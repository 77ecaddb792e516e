import { expect, it } from 'vitest';
import { openai } from '../../src/dialect/openai/index.ts';
import { sketch } from '../../src/engine/miss/sketch.ts';
import type { JsonObject } from '../../src/exchange/json.ts';

const long = 'a'.repeat(5000);
const short = 'a'.repeat(2048);

function sketchBody(body: JsonObject) {
  return sketch({ api: 'openai', prompt: openai.decode(body), headers: new Headers(), body });
}

it('a sketch has the long texts of a request cut, wherever they stand', () => {
  const { body, prompt } = sketchBody({
    messages: [{ role: 'user', content: long }, 'b', long],
    metadata: { deep: [[1, { er: long }], null], ['__proto__']: long },
  });

  expect(body).toEqual({
    messages: [{ role: 'user', content: short }, 'b', short],
    metadata: { deep: [[1, { er: short }], null], ['__proto__']: short },
  });
  expect(prompt.messages[0]?.text).toBe(short);
});

it('what has no long text is in a sketch as it is', () => {
  const extra = [{}, 1, [{ a: null }]];
  const { body } = sketchBody({ extra, user: long });

  expect(body['extra']).toBe(extra);
});
