const head = {
  id: '0'.repeat(32),
  object: 'chat.completion.chunk',
  created: 0,
  model: 'LongCat-2.0',
};

/** What the scripted servers say to a whole request: about as long as a generated answer. */
export const text =
  'The quick brown fox jumps over the lazy dog, and then it does so again. '.repeat(10);

/** A whole answer in the OpenAI format. */
export const whole = JSON.stringify({
  ...head,
  object: 'chat.completion',
  choices: [{ index: 0, message: { role: 'assistant', content: text }, finish_reason: 'stop' }],
  usage: { prompt_tokens: 10, completion_tokens: 160, total_tokens: 170 },
});

/** The words of a stream: equally long, so that servers that cut by length cut there. */
export function listWords(count) {
  return Array.from({ length: count }, (_, index) => `w${String(index).padStart(3, '0')}w `);
}

/** One event of a stream. */
export function writeEvent(content) {
  const delta = { content };
  const choice = { delta, index: 0, finish_reason: null, matched_stop: null, logprobs: null };
  return `data: ${JSON.stringify({ ...head, choices: [choice], lastOne: false })}\n\n`;
}

export const paced = { count: 50, everyMs: 20 };
