import { expect, it } from 'vitest';
import { quirkNames, quirks } from '../../src/contract/quirks.ts';
import { createLongCatMock, type QuirkSettings } from '../../src/index.ts';
import { ask, messagesPath, readChunks, readEvents } from '../ask.ts';

const tool = {
  messages: [{ role: 'user', content: 'get_time' }],
  tools: [{ type: 'function', function: { name: 'get_time', parameters: { type: 'object' } } }],
};

function quirky(settings: Partial<QuirkSettings>, path?: string) {
  return { options: { quirks: settings }, ...(path && { path }) };
}

it('tool-delta-nulls off leaves id and name out of later deltas', async () => {
  const chunks = await readChunks(
    await ask({ ...tool, stream: true }, quirky({ 'tool-delta-nulls': false })),
  );
  const calls = JSON.parse(JSON.stringify(chunks)).flatMap(
    ({ choices }: { choices: { delta: { tool_calls?: object[] } }[] }) =>
      choices[0]?.delta.tool_calls ?? [],
  );

  expect(calls[0]).toMatchObject({ id: expect.any(String), function: { name: 'get_time' } });
  expect(calls[1]).toEqual({ index: 0, type: 'function', function: { arguments: '{}' } });
});

it.each([
  [true, undefined, true],
  [true, { include_usage: false }, true],
  [false, undefined, false],
  [false, { include_usage: true }, true],
])('usage-always %s with stream_options %j: usage sent %s', async (on, stream_options, sent) => {
  const chunks = await readChunks(
    await ask({ stream: true, stream_options }, quirky({ 'usage-always': on })),
  );

  expect(chunks.some((chunk) => Object.hasOwn(chunk as object, 'usage'))).toBe(sent);
});

it('usage-late moves the whole usage of a message to its end', async () => {
  const response = await ask({ stream: true }, quirky({ 'usage-late': true }, messagesPath));
  const payloads = (await readEvents(response)).map(({ data }) => JSON.parse(data));

  expect(payloads[0].message).not.toHaveProperty('usage');
  expect(payloads.at(-2).usage).toEqual({
    input_tokens: expect.any(Number),
    cache_read_input_tokens: 0,
    cache_creation_input_tokens: 0,
    output_tokens: expect.any(Number),
  });
});

it('accept-x-api-key takes the key of x-api-key alone', async () => {
  const headers = { authorization: '', 'x-api-key': 'Authorization: Bearer k' };
  const settings = { acceptKeys: ['k'] };
  const refused = await ask({}, { headers, options: settings });
  const accepted = await ask(
    {},
    {
      headers,
      options: { ...settings, quirks: { 'accept-x-api-key': true } },
    },
  );

  expect([refused.status, accepted.status]).toEqual([401, 200]);
});

it('effective-cached-tokens begins the usage with that member', async () => {
  const body = await (await ask({}, quirky({ 'effective-cached-tokens': true }))).json();

  expect(Object.entries(body.usage)[0]).toEqual(['effectiveCachedTokens', 0]);
});

it('gateway-headers are those recorded, with and without streaming', async () => {
  const settings = quirky({ 'gateway-headers': true });
  const whole = await ask({}, settings);
  const streamed = await ask({ stream: true }, settings);

  for (const { headers } of [whole, streamed]) {
    expect(headers.get('server')).toBe('openresty');
    expect(headers.get('m-appkey')).toBe('com.sankuai.friday.lap.proxy');
    expect(headers.get('m-spanname')).toBe('OpenaiController.nativeChatCompletions');
    expect(headers.get('m-traceid')).toMatch(/^-?\d{10,19}$/);
  }
  expect(whole.headers.get('mt-gateway-error')).toBe('true');
  expect(streamed.headers.has('mt-gateway-error')).toBe(false);
});

it('gateway-headers are off by default', async () => {
  expect((await ask()).headers.has('m-traceid')).toBe(false);
});

it('open-models answers the models routes without a key', async () => {
  const listWith = (settings: Partial<QuirkSettings>) =>
    createLongCatMock({ quirks: settings }).fetch('http://localhost/openai/v1/models');

  expect((await listWith({})).status).toBe(401);
  expect((await listWith({ 'open-models': true })).status).toBe(200);
});

it.each(quirkNames)('the quirk %s says what it does and where that was seen', (name) => {
  expect(quirks[name].effect).not.toBe('');
  expect(quirks[name].source).not.toBe('');
});
