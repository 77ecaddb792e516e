import fc from 'fast-check';

const json = fc.jsonValue({ maxDepth: 2, stringUnit: 'binary' });
const text = fc.oneof(
  fc.constantFrom('Hello!', 'Please get_time.', '你好，请介绍一下你自己。', '🙂\r\n\u2028', ''),
  fc.string({ unit: 'binary', maxLength: 200 }),
);
const number = fc.oneof(
  fc.constantFrom(0, -1, 1, 1.5, 100, 2 ** 31, 2 ** 53, 1e308, 5e-324),
  fc.integer({ min: 0, max: 500 }),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
);
const typeName = fc.constantFrom('object', 'array', 'string', 'number', 'integer', 'boolean');

/** Few of these members: with each of many, bodies would be huge. */
function someOf(members, maxLength = 4) {
  const entries = Object.entries(members).map(([name, value]) =>
    fc.tuple(fc.constant(name), value),
  );
  return fc
    .uniqueArray(fc.oneof(...entries), { maxLength, selector: ([name]) => name })
    .map((chosen) => Object.fromEntries(chosen));
}

const { schema } = fc.letrec((tie) => ({
  schema: fc.oneof(
    { maxDepth: 2 },
    typeName.map((type) => ({ type })),
    someOf({
      type: typeName,
      properties: fc.dictionary(fc.constantFrom('city', 'days', '__proto__'), tie('schema')),
      required: fc.subarray(['city', 'days', 'other']),
      additionalProperties: tie('schema'),
      items: tie('schema'),
      contains: tie('schema'),
      minItems: number,
      maxItems: number,
      uniqueItems: fc.boolean(),
      minLength: number,
      maxLength: number,
      pattern: fc.oneof(fc.constantFrom('^[a-z]{3}$', '^(a+)+$', '['), text),
      minimum: number,
      maximum: number,
      multipleOf: number,
      enum: fc.array(json, { maxLength: 3 }),
      anyOf: fc.array(tie('schema'), { maxLength: 3 }),
      allOf: fc.array(tie('schema'), { maxLength: 3 }),
      not: tie('schema'),
      $ref: fc.constantFrom('#', '#/properties/city', '#/missing'),
    }),
    json,
  ),
}));

const chatPart = fc.oneof(fc.record({ type: fc.constant('text'), text }), json);
const chatTurn = fc.oneof(
  { weight: 4, arbitrary: fc.record({ role: fc.constant('user'), content: text }) },
  fc.record({
    role: fc.constantFrom('system', 'developer', 'user', 'assistant', 'tool', 'function', 'x'),
    content: fc.oneof(text, fc.array(chatPart, { maxLength: 3 }), json),
    tool_call_id: text,
    tool_calls: fc.oneof(fc.constant([]), json),
  }),
);

const chatBody = fc
  .tuple(
    fc.record({
      model: fc.oneof({ weight: 9, arbitrary: fc.constant('LongCat-2.0') }, json),
      messages: fc.oneof({ weight: 9, arbitrary: fc.array(chatTurn, { maxLength: 4 }) }, json),
    }),
    someOf({
      stream: fc.boolean(),
      max_tokens: number,
      tools: fc.array(
        fc.record({
          type: fc.constantFrom('function', 'custom'),
          function: fc.record({ name: fc.constantFrom('get_time', 'f'), parameters: schema }),
          custom: fc.record({ name: text }),
        }),
        { maxLength: 3 },
      ),
      tool_choice: fc.oneof(fc.constantFrom('none', 'auto', 'required'), json),
      response_format: fc.record({
        type: fc.constantFrom('text', 'json_object', 'json_schema'),
        json_schema: fc.record({ name: text, schema }),
      }),
      stop: fc.oneof(text, fc.array(text), json),
      thinking: fc.oneof(fc.constant({ type: 'disabled' }), json),
      n: fc.oneof(fc.integer({ min: 1, max: 4 }), json),
      logprobs: fc.boolean(),
      top_logprobs: number,
      logit_bias: json,
      metadata: json,
      top_p: number,
    }),
  )
  .map(merge);

const block = fc.oneof(
  fc.record({
    type: fc.constantFrom('text', 'thinking', 'tool_use', 'tool_result', 'image', 'x'),
    text,
    thinking: text,
    id: text,
    name: text,
    input: json,
    tool_use_id: text,
    content: fc.oneof(text, json),
  }),
  json,
);

const messageBody = fc
  .tuple(
    fc.record({
      model: fc.oneof({ weight: 9, arbitrary: fc.constant('LongCat-2.0') }, json),
      messages: fc.array(
        fc.record({
          role: fc.constantFrom('user', 'assistant', 'system'),
          content: fc.oneof(text, fc.array(block, { maxLength: 3 }), json),
        }),
        { maxLength: 4 },
      ),
    }),
    someOf({
      stream: fc.boolean(),
      max_tokens: number,
      system: fc.oneof(text, fc.array(block, { maxLength: 2 }), json),
      thinking: fc.record({
        type: fc.constantFrom('enabled', 'disabled', 'adaptive', 'x'),
        budget_tokens: number,
      }),
      tools: fc.array(fc.record({ name: fc.constantFrom('get_time', 'f'), input_schema: schema }), {
        maxLength: 3,
      }),
      tool_choice: fc.oneof(
        fc.record({ type: fc.constantFrom('auto', 'any', 'none', 'tool'), name: text }),
        json,
      ),
      stop_sequences: fc.oneof(fc.array(text), json),
      output_config: fc.record({
        format: fc.record({ type: fc.constant('json_schema'), schema }),
      }),
      metadata: json,
    }),
  )
  .map(merge);

function merge([required, optional]) {
  return JSON.stringify({ ...required, ...optional });
}

const rubbish = fc.oneof(
  json.map((value) => JSON.stringify(value)),
  text,
);

/** A path, which of several servers, and a body: mostly a nearly valid one. */
export const anyRequest = fc
  .record({
    server: fc.nat(2),
    target: fc.oneof(
      { weight: 9, arbitrary: aim('/openai/v1/chat/completions', chatBody) },
      { weight: 9, arbitrary: aim('/anthropic/v1/messages', messageBody) },
      { weight: 1, arbitrary: aim('/openai/v1/chat/completions', rubbish) },
      { weight: 1, arbitrary: aim('/anthropic/v1/messages', rubbish) },
    ),
  })
  .map(({ server, target }) => ({ server, ...target }));

function aim(path, body) {
  return body.map((text) => ({ path, body: text }));
}
