import { generateText, isStepCount, type LanguageModel, tool } from 'ai';
import { z } from 'zod';
import { translateError } from './errors.ts';
import { findOrder } from './orders.ts';

const instructions = 'Summarise the support ticket in two sentences. Look up every order it names.';

const find_order = tool({
  description: 'The status of an order',
  inputSchema: z.object({ order_id: z.string() }),
  execute: ({ order_id }) => findOrder(order_id) ?? { error: `There is no order "${order_id}".` },
});

/** Lets the model look up orders until it has a summary. */
export async function summarise(model: LanguageModel, prompt: string): Promise<string> {
  const request = { model, instructions, prompt, tools: { find_order }, stopWhen: isStepCount(5) };
  const { text } = await generateText(request).catch((error) => {
    throw translateError(error);
  });
  return text;
}
