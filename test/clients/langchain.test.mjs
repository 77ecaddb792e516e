import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { ChatAnthropic } from '@langchain/anthropic';
import { HumanMessage } from '@langchain/core/messages';
import { tool } from '@langchain/core/tools';
import { ChatOpenAI } from '@langchain/openai';
import { startMock } from './mock.mjs';
import { Cat, Place } from './schemas.mjs';

const mock = await startMock();
after(mock.close);

const getWeather = tool(({ city }) => `It is sunny in ${city}.`, {
  name: 'get_weather',
  description: 'The weather',
  schema: Place,
});

const clients = [
  { title: 'LangChain, ChatOpenAI', connect: connectOpenAI },
  { title: 'LangChain, ChatAnthropic', connect: connectAnthropic },
];

for (const { title, connect } of clients) {
  const model = connect('LongCat-2.0');

  test(`${title}: invoke returns text and usage`, async () => {
    const message = await model.invoke('Hello!');
    assert.ok(message.text);
    checkUsage(message.usage_metadata);
  });

  test(`${title}: a stream has the words and the usage of the whole answer`, async () => {
    const whole = await model.invoke('Hello!');
    const { chunks, message } = await streamToEnd(model, 'Hello!');
    assert.ok(chunks.length > 2);
    assert.equal(message.text, whole.text);
    assert.deepEqual(countTokens(message), countTokens(whole));
  });

  test(`${title}: a bound tool is called, run and followed by text`, async () => {
    const bound = model.bindTools([getWeather]);
    const question = new HumanMessage('please get_weather');
    const called = await bound.invoke([question]);
    const result = await getWeather.invoke(readCall(called));
    const answer = await bound.invoke([question, called, result]);
    assert.match(result.content, /^It is sunny in /);
    checkText(answer);
  });

  test(`${title}: a streamed tool call is run and followed by text`, async () => {
    const bound = model.bindTools([getWeather]);
    const question = new HumanMessage('please get_weather');
    const called = (await streamToEnd(bound, [question])).message;
    const result = await getWeather.invoke(readCall(called));
    const answer = await streamToEnd(bound, [question, called, result]);
    checkText(answer.message);
  });

  for (const method of ['jsonSchema', 'functionCalling']) {
    test(`${title}: ${method} returns an object that satisfies its zod schema`, async () => {
      const structured = model.withStructuredOutput(Cat, { method, name: 'cat' });
      const cat = await structured.invoke('A cat, please.');
      assert.deepEqual(Cat.parse(cat), cat);
    });
  }

  test(`${title}: an unknown model is an error with status 400`, async () => {
    const error = await connect('LongCat-Nope')
      .invoke('Hello!')
      .catch((e) => e);
    assert.equal(error.status, 400);
    assert.match(error.message, /Unsupported model/);
  });
}

function connectOpenAI(model) {
  return new ChatOpenAI({ model, apiKey: 'test', configuration: { baseURL: mock.openai } });
}

/** LongCat wants a bearer token, which this class takes through the options of its client. */
function connectAnthropic(model) {
  const clientOptions = { apiKey: null, authToken: 'test' };
  const anthropicApiUrl = mock.anthropic;
  return new ChatAnthropic({ model, apiKey: 'test', anthropicApiUrl, clientOptions });
}

async function streamToEnd(model, input) {
  const chunks = [];
  for await (const chunk of await model.stream(input)) chunks.push(chunk);
  return { chunks, message: chunks.reduce((all, chunk) => all.concat(chunk)) };
}

function readCall({ tool_calls: calls, invalid_tool_calls: invalid }) {
  assert.deepEqual(invalid, []);
  assert.equal(calls.length, 1);
  assert.equal(calls[0].name, 'get_weather');
  assert.ok(calls[0].id);
  return calls[0];
}

function checkText(message) {
  assert.ok(message.text);
  assert.deepEqual(message.tool_calls, []);
}

function checkUsage({ input_tokens: input, output_tokens: output, total_tokens: total }) {
  assert.ok(input > 0);
  assert.ok(output > 0);
  assert.equal(total, input + output);
}

function countTokens({ usage_metadata: usage }) {
  return [usage.input_tokens, usage.output_tokens, usage.total_tokens];
}
