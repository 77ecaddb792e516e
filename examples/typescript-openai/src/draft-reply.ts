import type OpenAI from 'openai';
import { ReplyCutError, translateError } from './errors.ts';

const instructions = 'Write a short and friendly reply to the support ticket.';

/** The pieces of a reply as the model writes them. A reply without an end is an error. */
export async function* draftReply(client: OpenAI, ticket: string): AsyncGenerator<string> {
  let finished = false;
  for await (const chunk of await open(client, ticket)) {
    const choice = chunk.choices[0];
    if (choice?.delta.content) yield choice.delta.content;
    finished ||= choice?.finish_reason === 'stop';
  }
  // The SDK ends the loop in silence when the connection is closed half way.
  if (!finished) throw new ReplyCutError('The reply broke off before its end.');
}

function open(client: OpenAI, ticket: string) {
  const messages: OpenAI.ChatCompletionMessageParam[] = [
    { role: 'system', content: instructions },
    { role: 'user', content: ticket },
  ];
  return client.chat.completions
    .create({ model: 'LongCat-2.0', messages, stream: true })
    .catch((error) => {
      throw translateError(error);
    });
}
