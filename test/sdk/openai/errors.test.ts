import type OpenAIV7 from 'openai';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { type RunningLongCatMock, startLongCatMock } from '../../../src/index.ts';
import { collect, cross, model } from '../versions.ts';
import { openaiClient, openaiVersions } from './clients.ts';

let mock: RunningLongCatMock;
/** The paths of the requests that reached the mock. */
const seen: string[] = [];

beforeAll(async () => {
  const report = ({ path }: { readonly path: string }) => seen.push(path);
  mock = await startLongCatMock({ port: 0, acceptKeys: ['good key'], report });
});
beforeEach(() => {
  seen.length = 0;
});
afterAll(() => mock.close());

type OpenAIClass = typeof OpenAIV7;
type ErrorClass = 'AuthenticationError' | 'BadRequestError' | 'NotFoundError';

/** With the retries an application has. */
function client(OpenAI: OpenAIClass, options: object = {}) {
  return openaiClient(OpenAI, mock, { apiKey: 'good key', maxRetries: 2, ...options });
}

const question = { model, messages: [{ role: 'user' as const, content: 'Hi.' }] };

const refusals: readonly (readonly [string, object, object, ErrorClass, object])[] = [
  [
    'no key',
    { defaultHeaders: { authorization: null } },
    {},
    'AuthenticationError',
    {
      status: 401,
      code: 'invalid_api_key',
      type: 'authentication_error',
      message: '401 missing_api_key',
    },
  ],
  [
    'a wrong key',
    { apiKey: 'bad key' },
    {},
    'AuthenticationError',
    {
      status: 401,
      code: 'invalid_api_key',
      type: 'authentication_error',
      message: '401 incorrect api key',
    },
  ],
  [
    'too large a max_tokens',
    {},
    { max_tokens: 131_073 },
    'BadRequestError',
    {
      status: 400,
      code: 'invalid_parameter',
      type: 'invalid_request_error',
      message: '400 参数校验失败: \n/max_tokens: 131073 is not less or equal to 131072\n',
    },
  ],
  [
    'several violations',
    {},
    { top_p: 0, n: 0, messages: [] },
    'BadRequestError',
    {
      code: 'invalid_parameter',
      message:
        '400 参数校验失败: \n/messages: expected minimum item count: 1, found: 0\n' +
        '/top_p: 0 is not greater than 0\n/n: 0 is not greater or equal to 1\n',
    },
  ],
  [
    'an unknown model',
    {},
    { model: 'longcat-2.0' },
    'BadRequestError',
    {
      status: 400,
      code: 'invalid_parameter',
      type: 'invalid_request_error',
      message: '400 Unsupported model',
    },
  ],
];

it.each(
  cross(openaiVersions, refusals),
)('%s with %s throws LongCat’s refusal, unretried', async (_v, _case, OpenAI, options, members, name, expected) => {
  for (const stream of [false, true]) {
    seen.length = 0;

    const error: unknown = await client(OpenAI, options)
      .chat.completions.create({ ...question, ...members, stream })
      .catch((caught: unknown) => caught);

    expect(error).toBeInstanceOf(OpenAI[name]);
    expect(error).toMatchObject({ ...expected, param: undefined });
    expect(seen).toEqual(['/openai/v1/chat/completions']);
  }
});

it.each(openaiVersions)('%s .stream() throws the refusal too', async (_version, OpenAI) => {
  const runner = client(OpenAI).chat.completions.stream({ ...question, model: 'LongCat-9' });

  const error: unknown = await runner.done().catch((caught: unknown) => caught);

  expect(error).toBeInstanceOf(OpenAI.BadRequestError);
  expect(error).toMatchObject({ status: 400, message: '400 Unsupported model' });
});

it.each(
  openaiVersions,
)('%s at a wrong path throws openresty’s page and is told the right one', async (_v, OpenAI) => {
  const lost = client(OpenAI, { baseURL: `${mock.url}/OpenAI/v1` });

  const error: unknown = await lost.chat.completions
    .create(question)
    .catch((caught: unknown) => caught);

  expect(error).toBeInstanceOf(OpenAI.NotFoundError);
  expect(error).toMatchObject({
    status: 404,
    code: undefined,
    message: expect.stringMatching(
      /^404 <html>\r\n<head><title>404 Not Found<\/title><\/head>\r\n<body>\r\n/,
    ),
  });
  const { headers } = error as InstanceType<OpenAIClass['NotFoundError']>; // as just seen
  expect(headers.get('x-longcat-mock-hint')).toBe('Did you mean POST /openai/v1/chat/completions?');
  expect(seen).toEqual(['/OpenAI/v1/chat/completions']);
});

it.each(openaiVersions)('%s lists the models and describes one', async (_version, OpenAI) => {
  const { models } = client(OpenAI);

  expect(await collect(models.list())).toEqual([
    { id: model, object: 'model', owned_by: 'LongCat' },
  ]);
  expect(await models.retrieve(model)).toMatchObject({
    id: model,
    created: 1_773_331_200,
    context_length: 1_048_576,
  });
  expect(seen).toEqual(['/openai/v1/models', `/openai/v1/models/${model}`]);
});

it.each(
  openaiVersions,
)('%s cannot see models without a key, or one that is not served', async (_v, OpenAI) => {
  const stranger = client(OpenAI, { defaultHeaders: { authorization: null } });

  await expect(collect(stranger.models.list())).rejects.toBeInstanceOf(OpenAI.AuthenticationError);
  await expect(client(OpenAI).models.retrieve('LongCat-9')).rejects.toMatchObject({
    status: 400,
    message: '400 Unsupported model',
  });
});
