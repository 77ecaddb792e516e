// Compiled, never run: each mistake has to be one for the compiler too.
import { hasStatus, longcat, type Schemas } from './client.ts';

const client = longcat('');
const messages: Schemas['ChatMessage'][] = [{ role: 'user', content: 'Hello!' }];

// @ts-expect-error: a request needs messages.
client.POST('/openai/v1/chat/completions', { body: { model: 'LongCat-2.0' } });

// @ts-expect-error: a turn has one of the listed roles.
export const turn: Schemas['MessageParam'] = { role: 'cat', content: '' };

// @ts-expect-error: there is no such path.
client.GET('/v1/models');

// @ts-expect-error: a limit is a number.
export const request: Schemas['ChatRequest'] = { model: 'x', messages, max_tokens: '7' };

// Members that LongCat may learn to know are no mistake: requests are open.
client.POST('/openai/v1/chat/completions', { body: { model: 'x', messages, purring: true } });

export function readWhole(completion: Schemas['ChatCompletion']): string {
  // @ts-expect-error: LongCat sends no system_fingerprint, and answers are closed.
  completion.system_fingerprint;
  const message = completion.choices[0]?.message;
  // @ts-expect-error: the content is null when there are only tool calls.
  const text: string = message?.content;
  return text;
}

export function readBlock(block: Schemas['MessageAnswerBlock']): unknown {
  switch (block.type) {
    case 'text':
      return block.text;
    case 'thinking':
      return block.signature;
    case 'tool_use':
      // @ts-expect-error: a call has input, and no text.
      return block.text ?? block.input;
    default:
      return block satisfies never;
  }
}

export function readEvent(event: Schemas['MessageStreamEvent']): string | null | undefined {
  if (event.type === 'content_block_delta' && event.delta.type === 'input_json_delta') {
    return event.delta.partial_json;
  }
  if (event.type === 'error') return event.error.message;
  // @ts-expect-error: only the last delta has a reason.
  if (event.type === 'message_stop') return event.delta.stop_reason;
  return event.type === 'message_delta' ? event.delta.stop_reason : undefined;
}

export async function readError(): Promise<unknown> {
  const answer = await client.POST('/openai/v1/chat/completions', {
    body: { model: 'x', messages },
  });
  // @ts-expect-error: the refusal of the firewall has no envelope.
  if (hasStatus(answer, 456)) return answer.error.error;
  if (hasStatus(answer, 429)) {
    const seconds: number | undefined = answer.error.error.retry_after;
    return seconds;
  }
  // @ts-expect-error: the document lists no such status.
  return hasStatus(answer, 418);
}
