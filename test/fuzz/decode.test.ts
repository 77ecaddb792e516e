import fc from 'fast-check';
import { expect, it } from 'vitest';
import { ErrorBody } from '../../src/contract/errors.ts';
import { quirkNames } from '../../src/contract/quirks.ts';
import { createLongCatMock, type LongCatMock, type LongCatMockOptions } from '../../src/index.ts';
import { type Heard, hear } from './answers.ts';
import { type Body, type Format, formats, nearBody, parseBody, validBody } from './bodies.ts';
import { anyJson, anyNumber, anyText, oddKey, writeText } from './json.ts';
import { patience, runs } from './runs.ts';
import { objectSchema } from './schemas.ts';
import { someOf } from './some.ts';

const options: fc.Arbitrary<LongCatMockOptions> = fc.record({
  validate: fc.constantFrom('off', 'warn', 'error'),
  models: fc.constantFrom(['*'], ['LongCat-2.0']),
  strictContract: fc.boolean(),
  seed: fc.constantFrom('', 'other'),
  quirks: fc.record(Object.fromEntries(quirkNames.map((name) => [name, fc.boolean()]))),
});

const format = fc.constantFrom<Format>('openai', 'anthropic');

function post(mock: LongCatMock, format: Format, body: string): Promise<Response> {
  const request = { method: 'POST', headers: { authorization: 'Bearer test' }, body };
  return mock.fetch(`http://localhost${formats[format].path}`, request);
}

/** An answer that fits its schema, or nothing for a refusal that does. */
async function hearOrRefuse(format: Format, response: Response): Promise<Heard | undefined> {
  if (response.status === 200) return hear(format, response);
  const text = await response.text();
  expect([response.status, text]).toEqual([400, text]);
  ErrorBody.parse(JSON.parse(text));
  return undefined;
}

it(
  'a body that is any text at all is answered or refused in the published form',
  async () => {
    const anyBody = fc.oneof(anyJson.map(writeText), anyText, fc.json());
    await fc.assert(
      fc.asyncProperty(options, format, anyBody, async (settings, format, body) => {
        await hearOrRefuse(format, await post(createLongCatMock(settings), format, body));
      }),
      runs(150),
    );
  },
  patience,
);

const asked = format.chain((name) =>
  fc.record({ format: fc.constant(name), body: fc.oneof(nearBody(name), validBody(name)) }),
);

it(
  'a nearly valid body gets the same answer whole and streamed, in the published forms',
  async () => {
    await fc.assert(
      fc.asyncProperty(options, asked, async (settings, { format, body }) => {
        const mock = createLongCatMock(settings);
        const asSent = await hearOrRefuse(format, await post(mock, format, writeText(body)));
        if (!asSent) return;

        checkAnswer(asSent, { format, body });
        const streamed = body['stream'] === true;
        const turned = writeText({ ...body, stream: !streamed });
        const inTurn = await hearOrRefuse(format, await post(mock, format, turned));
        expect(inTurn && withoutIds(inTurn)).toEqual({
          ...withoutIds(asSent),
          ...(!(inTurn?.usage && asSent.usage) && { usage: inTurn?.usage }),
        });
      }),
      runs(400),
    );
  },
  patience,
);

it(
  'a body that the schema accepts is never refused for its members',
  async () => {
    const accepted = format.chain((name) =>
      fc.record({ format: fc.constant(name), body: validBody(name) }),
    );
    await fc.assert(
      fc.asyncProperty(accepted, async ({ format, body }) => {
        const limited = { ...body, max_tokens: 100, max_completion_tokens: 100 };
        const response = await post(createLongCatMock(), format, writeText(limited));
        const refusal = response.status === 200 ? '' : await response.clone().text();
        expect(refusal).not.toContain('"invalid_parameter"');
        await hearOrRefuse(format, response);
      }),
      runs(150),
    );
  },
  patience,
);

const numbers = someOf({
  max_tokens: anyNumber,
  max_completion_tokens: anyNumber,
  thinking_budget: anyNumber,
  n: anyNumber,
  top_logprobs: anyNumber,
  temperature: anyNumber,
  seed: anyNumber,
});

it(
  'numbers of any size are counted with, where the server does not validate',
  async () => {
    const words = fc.record({ logprobs: fc.boolean(), stream: fc.boolean() });
    await fc.assert(
      fc.asyncProperty(format, numbers, words, fc.boolean(), async (format, sizes, rest, calls) => {
        const offer = { name: 'get_time', parameters: plainObject, description: '' };
        const body = { ...askFor(format, offer), ...rest, ...sizes };
        const { tool_choice, ...plain } = body;
        const sent = parseBody(calls ? body : plain);
        const mock = createLongCatMock({ validate: 'off' });
        checkAnswer(await hear(format, await post(mock, format, writeText(sent))), {
          format,
          body: sent,
        });
      }),
      runs(200),
    );
  },
  patience,
);

const plainObject = { type: 'object', properties: {}, required: [] };

interface Asked {
  readonly format: Format;
  readonly body: Body;
}

/** What holds of every answer, whatever was asked. */
function checkAnswer({ id, choices, usage }: Heard, { format, body }: Asked): void {
  expect(id).toMatch(/^(?:msg_)?[0-9a-f]{32}$/);
  const calls = choices.flatMap((choice) => choice.calls);
  const offered = listToolNames(format, body['tools']);
  for (const call of calls) {
    expect(call.id).toMatch(format === 'openai' ? /^call_[0-9a-f]{24}$/ : /^toolu_[0-9a-f]{24}$/);
    expect(offered).toContain(call.name);
  }
  expect(new Set(calls.map((call) => call.id)).size).toBe(calls.length);

  const { max_tokens, max_completion_tokens } = body;
  const limits = format === 'openai' ? [max_completion_tokens, max_tokens] : [max_tokens];
  const limit = limits.find((value) => typeof value === 'number');
  if (typeof limit === 'number' && Number.isFinite(limit) && usage) {
    expect(usage.output).toBeLessThanOrEqual(Math.max(0, limit) * choices.length);
  }
}

function listToolNames(format: Format, tools: unknown): unknown[] {
  if (!Array.isArray(tools)) return [];
  return tools.map((tool) => {
    if (format === 'anthropic') return [tool?.name, tool?.type, ''].find(isText);
    return [tool?.[tool.type === 'custom' ? 'custom' : 'function']?.name, ''].find(isText);
  });
}

function isText(value: unknown): boolean {
  return typeof value === 'string';
}

function withoutIds({ choices, usage }: Heard) {
  const bare = choices.map((choice) => ({
    ...choice,
    calls: choice.calls.map(({ name, input }) => ({ name, input })),
  }));
  return { choices: bare, usage };
}

const offer = fc.record({
  name: fc.oneof(fc.stringMatching(/^[A-Za-z0-9_-]{1,64}$/), oddKey),
  parameters: objectSchema,
  description: anyText,
});

it(
  'a tool that has to be called is, and its name and arguments come back as they were',
  async () => {
    await fc.assert(
      fc.asyncProperty(format, offer, fc.boolean(), async (format, tool, stream) => {
        const mock = createLongCatMock();
        const question = askFor(format, tool);
        const heard = await hear(
          format,
          await post(mock, format, writeText({ ...question, stream })),
        );
        const [call] = heard.choices[0]?.calls ?? [];
        expect(call?.name).toBe(tool.name);
        const input = JSON.parse(call?.input ?? '');
        expect(Object.keys(input)).toEqual(expect.arrayContaining(tool.parameters.required));

        const history = tellBack(format, call ?? { id: '', name: '', input: '' });
        const turns = [...question.messages, ...history];
        const next = await post(mock, format, writeText({ ...question, messages: turns }));
        const answer = await hear(format, next);
        expect(answer.choices[0]?.calls).toEqual([]);
        expect(answer.usage?.input).toBeGreaterThan(heard.usage?.input ?? 0);
      }),
      runs(150),
    );
  },
  patience,
);

type Offer = typeof offer extends fc.Arbitrary<infer Value> ? Value : never;

function askFor(format: Format, { name, parameters, description }: Offer) {
  const messages: unknown[] = [{ role: 'user', content: 'Go on.' }];
  const common = { model: 'LongCat-2.0', messages };
  if (format === 'openai') {
    const tool = { type: 'function', function: { name, parameters, description } };
    return { ...common, tools: [tool], tool_choice: { type: 'function', function: { name } } };
  }
  const tool = { name, input_schema: parameters, description };
  return { ...common, tools: [tool], tool_choice: { type: 'tool', name } };
}

/** The call and its result, as the official clients send them. */
function tellBack(format: Format, { id, name, input }: Heard['choices'][number]['calls'][number]) {
  if (format === 'openai') {
    const call = { id, type: 'function', function: { name, arguments: input } };
    return [
      { role: 'assistant', content: null, tool_calls: [call] },
      { role: 'tool', tool_call_id: id, content: 'done' },
    ];
  }
  return [
    {
      role: 'assistant',
      content: [{ type: 'tool_use', id, name, input: parseBody(JSON.parse(input)) }],
    },
    { role: 'user', content: [{ type: 'tool_result', tool_use_id: id, content: 'done' }] },
  ];
}
