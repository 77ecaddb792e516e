import { type LanguageModel, streamText } from 'ai';
import { translateError } from './errors.ts';

const instructions = 'Write a short and friendly reply to the support ticket.';

/** The pieces of a reply as the model writes them. A reply without an end is an error of the SDK. */
export async function* draftReply(model: LanguageModel, prompt: string): AsyncGenerator<string> {
  // Errors are parts of the stream: without onError the SDK would also write them to the console.
  const { stream } = streamText({ model, instructions, prompt, onError: () => {} });
  for await (const part of stream) {
    if (part.type === 'error') throw translateError(part.error);
    if (part.type === 'text-delta') yield part.text;
  }
}
