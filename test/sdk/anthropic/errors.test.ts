import type AnthropicV1 from '@anthropic-ai/sdk';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { type RunningLongCatMock, startLongCatMock } from '../../../src/index.ts';
import { collect, cross, model } from '../versions.ts';
import { anthropicClient, anthropicVersions } from './clients.ts';

let mock: RunningLongCatMock;
let lenient: RunningLongCatMock;
/** The paths of the requests that reached the mock. */
const seen: string[] = [];

beforeAll(async () => {
  const report = ({ path }: { readonly path: string }) => seen.push(path);
  mock = await startLongCatMock({ port: 0, acceptKeys: ['good key'], report });
  lenient = await startLongCatMock({
    port: 0,
    acceptKeys: ['good key'],
    quirks: { 'accept-x-api-key': true },
  });
});
beforeEach(() => {
  seen.length = 0;
});
afterAll(() => Promise.all([mock.close(), lenient.close()]));

type AnthropicClass = typeof AnthropicV1;
type ErrorClass = 'AuthenticationError' | 'BadRequestError';

/** With the retries an application has. */
function client(Anthropic: AnthropicClass, options: object = {}, server = mock) {
  return anthropicClient(Anthropic, server, {
    authToken: 'good key',
    maxRetries: 2,
    ...options,
  });
}

const question = {
  model,
  messages: [{ role: 'user' as const, content: 'Hi.' }],
  max_tokens: 1000,
};

function catchError(promise: PromiseLike<unknown>): Promise<unknown> {
  return Promise.resolve(promise).then(
    () => undefined,
    (error: unknown) => error,
  );
}

const missingKey = {
  status: 401,
  type: 'authentication_error',
  error: {
    error: {
      code: 'invalid_api_key',
      message: 'missing_api_key',
      type: 'authentication_error',
    },
  },
};

const refusals: readonly (readonly [string, object, object, ErrorClass, object])[] = [
  ['no key', { defaultHeaders: { authorization: null } }, {}, 'AuthenticationError', missingKey],
  [
    'a wrong key',
    { authToken: 'bad key' },
    {},
    'AuthenticationError',
    {
      status: 401,
      error: {
        error: {
          code: 'invalid_api_key',
          message: 'incorrect api key',
          type: 'authentication_error',
        },
      },
    },
  ],
  [
    'too large a max_tokens',
    { timeout: 10_000 },
    { max_tokens: 131_073 },
    'BadRequestError',
    {
      status: 400,
      type: 'invalid_request_error',
      error: {
        error: {
          message: '参数校验失败: \n/max_tokens: 131073 is not less or equal to 131072\n',
          type: 'invalid_request_error',
          code: 'invalid_parameter',
        },
      },
    },
  ],
  [
    'an unknown model',
    {},
    { model: 'longcat-2.0' },
    'BadRequestError',
    {
      status: 400,
      error: {
        error: {
          message: 'Unsupported model',
          type: 'invalid_request_error',
          code: 'invalid_parameter',
        },
      },
    },
  ],
];

it.each(
  cross(anthropicVersions, refusals),
)('%s with %s throws LongCat’s refusal, unretried', async (_v, _case, Anthropic, options, members, name, expected) => {
  for (const stream of [false, true]) {
    seen.length = 0;

    const error = await catchError(
      client(Anthropic, options).messages.create({ ...question, ...members, stream }),
    );

    expect(error).toBeInstanceOf(Anthropic[name]);
    expect(error).toMatchObject(expected);
    expect(seen).toEqual(['/anthropic/v1/messages']);
  }
});

it.each(anthropicVersions)('%s .stream() throws the refusal too', async (_version, Anthropic) => {
  const stream = client(Anthropic).messages.stream({ ...question, model: 'LongCat-9' });

  const error = await catchError(stream.finalMessage());

  expect(error).toBeInstanceOf(Anthropic.BadRequestError);
  expect(error).toMatchObject({ error: { error: { message: 'Unsupported model' } } });
});

/** The older major sends an `apiKey` as `x-api-key`, which LongCat does not read. */
it('anthropic 0 with an apiKey alone is refused, and anthropic 1 is not', async () => {
  const outcomes = new Map<string, unknown>();
  for (const [version, Anthropic] of anthropicVersions) {
    const keyed = client(Anthropic, { apiKey: 'good key', authToken: null });
    outcomes.set(version, await catchError(keyed.messages.create(question)));
  }

  expect(outcomes.get('anthropic 1')).toBeUndefined();
  expect(outcomes.get('anthropic 0')).toMatchObject(missingKey);
});

it.each(
  anthropicVersions,
)('%s with an apiKey alone is answered under quirk accept-x-api-key', async (_v, Anthropic) => {
  const keyed = client(Anthropic, { apiKey: 'good key', authToken: null }, lenient);
  const wrong = client(Anthropic, { apiKey: 'bad key', authToken: null }, lenient);

  const message = await keyed.messages.create(question);

  expect(message.content).toEqual([{ type: 'text', text: expect.stringMatching(/\.$/) }]);
  expect(await catchError(wrong.messages.create(question))).toMatchObject({
    error: { error: { message: 'incorrect api key' } },
  });
});

it.each(
  anthropicVersions,
)('%s at a wrong path throws openresty’s page and is told the right one', async (_v, Anthropic) => {
  const lost = client(Anthropic, { baseURL: `${mock.url}/Anthropic` });

  const error = await catchError(lost.messages.create(question));

  expect(error).toBeInstanceOf(Anthropic.NotFoundError);
  expect(error).toMatchObject({
    status: 404,
    message: expect.stringMatching(/^404 <html>\r\n<head><title>404 Not Found<\/title><\/head>/),
  });
  const { headers } = error as InstanceType<AnthropicClass['NotFoundError']>; // as just seen
  expect(headers.get('x-longcat-mock-hint')).toBe('Did you mean POST /anthropic/v1/messages?');
  expect(seen).toEqual(['/Anthropic/v1/messages']);
});

it.each(
  anthropicVersions,
)('%s lists the models once and describes one, as LongCat has them', async (_v, Anthropic) => {
  const { models } = client(Anthropic);

  expect(await collect(models.list())).toEqual([
    { id: model, object: 'model', owned_by: 'LongCat' },
  ]);
  expect(await models.retrieve(model)).toMatchObject({ id: model, context_length: 1_048_576 });
  expect(seen).toEqual(['/anthropic/v1/models', `/anthropic/v1/models/${model}`]);
});
