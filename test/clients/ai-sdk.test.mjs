import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { createAnthropic } from '@ai-sdk/anthropic';
import { createOpenAICompatible } from '@ai-sdk/openai-compatible';
import { APICallError, generateText, isStepCount, Output, streamText, tool } from 'ai';
import { z } from 'zod';
import { startMock } from './mock.mjs';
import { Cat, Place } from './schemas.mjs';

const mock = await startMock();
after(mock.close);

const modelName = 'LongCat-2.0';
const providers = [describeOpenAICompatible(), describeAnthropic()];
const maxOutputTokens = 1000;
const hello = { prompt: 'Hello!', maxOutputTokens };
for (const { title, connect, reasoning, objects, refusal } of providers) {
  const model = connect(modelName);

  test(`${title}: an answer has its text, its end and its usage`, async () => {
    const { text, finishReason, usage, warnings } = await generateText({ model, ...hello });
    assert.ok(text);
    assert.equal(finishReason, 'stop');
    checkUsage(usage);
    assert.deepEqual(warnings, []);
  });

  test(`${title}: a stream has the words of the whole answer`, async () => {
    const whole = await generateText({ model, ...hello });
    const stream = streamText({ model, ...hello });
    const pieces = await collect(stream.textStream);
    assert.ok(pieces.length > 1);
    assert.equal(pieces.join(''), whole.text);
    assert.equal(await stream.finishReason, 'stop');
    checkUsage(await stream.usage);
    assert.deepEqual(countTokens(await stream.usage), countTokens(whole.usage));
  });

  test(`${title}: reasoning comes before the text, streamed or whole`, async () => {
    const request = { model, ...hello, ...reasoning };
    const whole = await generateText(request);
    assert.ok(whole.reasoningText);

    const parts = await collect(streamText(request).stream);
    const types = parts.map((part) => part.type);
    assert.deepEqual(
      types.filter((type) => /^(reasoning|text)-(start|end)$|^(finish|error)$/.test(type)),
      ['reasoning-start', 'reasoning-end', 'text-start', 'text-end', 'finish'],
    );
    assert.equal(joinDeltas(parts, 'reasoning-delta'), whole.reasoningText);
    assert.equal(joinDeltas(parts, 'text-delta'), whole.text);
  });

  test(`${title}: an answer that is too long ends with length`, async () => {
    const { finishReason } = await generateText({ model, ...hello, maxOutputTokens: 3 });
    assert.equal(finishReason, 'length');
  });

  test(`${title}: a tool is called, run and followed by text`, async () => {
    const { steps, text } = await generateText({ model, ...useWeather() });
    checkSteps(steps);
    assert.ok(text);
  });

  test(`${title}: a streamed tool call is run and followed by text`, async () => {
    const stream = streamText({ model, ...useWeather() });
    const parts = await collect(stream.stream);
    const input = JSON.parse(joinDeltas(parts, 'tool-input-delta'));
    checkSteps(await stream.steps);
    assert.deepEqual((await stream.steps)[0].toolCalls[0].input, input);
    assert.ok(await stream.text);
  });

  test(`${title}: a tool loop that reasons ends with text`, async () => {
    const { steps, text } = await streamToEnd({ model, ...useWeather(), ...reasoning });
    checkSteps(steps);
    assert.ok(steps[0].reasoningText);
    assert.ok(text);
  });

  test(`${title}: two tools named in one message are called in one step`, async () => {
    const { steps, text } = await streamToEnd({ model, ...useBoth() });
    assert.deepEqual(
      steps[0].toolCalls.map((call) => call.toolName),
      ['get_weather', 'get_time'],
    );
    assert.equal(steps[0].toolResults.length, 2);
    assert.ok(text);
  });

  for (const [way, providerOptions] of Object.entries(objects)) {
    test(`${title}: an object satisfies its zod schema by ${way}, streamed or whole`, async () => {
      const output = Output.object({ schema: Cat });
      const request = { model, ...hello, output, providerOptions };
      const whole = await generateText(request);
      assert.deepEqual(Cat.parse(whole.output), whole.output);

      const stream = streamText(request);
      const partials = await collect(stream.partialOutputStream);
      assert.ok(partials.length > 0);
      assert.deepEqual(await stream.output, whole.output);
    });
  }

  test(`${title}: an unknown model is an APICallError that is not retried`, async () => {
    const error = await generateText({ model: connect('LongCat-Nope'), ...hello }).catch((e) => e);
    assert.ok(APICallError.isInstance(error), String(error));
    assert.equal(error.statusCode, 400);
    assert.equal(error.isRetryable, false);
    assert.equal(error.message, refusal);
    assert.equal(JSON.parse(error.responseBody).error.message, 'Unsupported model');
  });
}

function describeOpenAICompatible() {
  const settings = { name: 'longcat', baseURL: mock.openai, apiKey: 'test' };
  return {
    title: 'AI SDK, openai-compatible',
    connect: createOpenAICompatible({ ...settings, supportsStructuredOutputs: true }),
    reasoning: { providerOptions: { longcat: { reasoningEffort: 'high' } } },
    objects: { response_format: {} },
    refusal: 'Unsupported model',
  };
}

function describeAnthropic() {
  const thinking = { type: 'enabled', budgetTokens: 1024 };
  return {
    title: 'AI SDK, anthropic',
    connect: createAnthropic({ baseURL: `${mock.anthropic}/v1`, authToken: 'test' }),
    reasoning: { providerOptions: { anthropic: { thinking } } },
    objects: {
      'a tool': { anthropic: { structuredOutputMode: 'jsonTool' } },
      'output_config.format': { anthropic: { structuredOutputMode: 'outputFormat' } },
    },
    // The provider knows Anthropic's envelope alone; of LongCat's it shows the status text.
    refusal: 'Bad Request',
  };
}

function useWeather() {
  const execute = ({ city }) => ({ city, weather: 'sunny' });
  const tools = { get_weather: tool({ description: 'The weather', inputSchema: Place, execute }) };
  return { prompt: 'please get_weather', maxOutputTokens, tools, stopWhen: isStepCount(5) };
}

function useBoth() {
  const { tools, ...request } = useWeather();
  const get_time = tool({ inputSchema: z.object({ zone: z.string() }), execute: () => 'noon' });
  return { ...request, prompt: 'get_weather and get_time', tools: { ...tools, get_time } };
}

async function streamToEnd(request) {
  const stream = streamText({ ...request, onError: ({ error }) => assert.fail(error) });
  await stream.consumeStream();
  return { steps: await stream.steps, text: await stream.text };
}

function checkSteps(steps) {
  assert.deepEqual(
    steps.map((step) => step.finishReason),
    ['tool-calls', 'stop'],
  );
  const [{ toolCalls, toolResults }] = steps;
  assert.equal(toolCalls.length, 1);
  assert.equal(toolCalls[0].toolName, 'get_weather');
  assert.equal(toolCalls[0].invalid, undefined);
  assert.deepEqual(toolResults[0].output, { city: toolCalls[0].input.city, weather: 'sunny' });
}

function checkUsage({ inputTokens, outputTokens, totalTokens }) {
  assert.ok(inputTokens > 0);
  assert.ok(outputTokens > 0);
  assert.equal(totalTokens, inputTokens + outputTokens);
}

function countTokens({ inputTokens, outputTokens, totalTokens }) {
  return { inputTokens, outputTokens, totalTokens };
}

function joinDeltas(parts, type) {
  const deltas = parts.filter((part) => part.type === type);
  return deltas.map((part) => part.text ?? part.delta).join('');
}

async function collect(stream) {
  const items = [];
  for await (const item of stream) items.push(item);
  return items;
}
