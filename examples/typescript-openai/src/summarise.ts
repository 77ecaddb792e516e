import type OpenAI from 'openai';
import { translateError } from './errors.ts';
import { findOrder } from './orders.ts';

const instructions = 'Summarise the support ticket in two sentences. Look up every order it names.';
const mostSteps = 5;

const tools: OpenAI.ChatCompletionTool[] = [
  {
    type: 'function',
    function: {
      name: 'find_order',
      description: 'The status of an order',
      parameters: {
        type: 'object',
        properties: { order_id: { type: 'string' } },
        required: ['order_id'],
      },
    },
  },
];

/** Lets the model look up orders until it has a summary. */
export async function summarise(client: OpenAI, ticket: string): Promise<string> {
  const messages: OpenAI.ChatCompletionMessageParam[] = [
    { role: 'system', content: instructions },
    { role: 'user', content: ticket },
  ];
  for (let step = 0; step < mostSteps; step += 1) {
    const message = await complete(client, messages);
    if (!message.tool_calls?.length) return message.content ?? '';

    // The message as it came: LongCat wants its reasoning back along with the calls.
    messages.push(message, ...message.tool_calls.map(runTool));
  }
  throw new Error(`The model had no summary after ${mostSteps} steps.`);
}

async function complete(client: OpenAI, messages: OpenAI.ChatCompletionMessageParam[]) {
  const request = { model: 'LongCat-2.0', messages, tools };
  const { choices } = await client.chat.completions.create(request).catch((error) => {
    throw translateError(error);
  });
  const message = choices[0]?.message;
  if (!message) throw new Error('The model gave no answer.');
  return message;
}

function runTool(
  call: OpenAI.ChatCompletionMessageToolCall,
): OpenAI.ChatCompletionToolMessageParam {
  return { role: 'tool', tool_call_id: call.id, content: JSON.stringify(lookUp(call)) };
}

function lookUp(call: OpenAI.ChatCompletionMessageToolCall) {
  if (call.type !== 'function' || call.function.name !== 'find_order') {
    return { error: 'There is no such tool.' };
  }
  const { order_id } = JSON.parse(call.function.arguments);
  return findOrder(order_id) ?? { error: `There is no order "${order_id}".` };
}
