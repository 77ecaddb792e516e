import { anthropic } from '../dialect/anthropic/index.ts';
import { openai } from '../dialect/openai/index.ts';
import type { Entry } from '../engine/entry.ts';
import type { Question } from '../engine/question.ts';

/** A request of the journal as fixtures see it; nothing where its body was not kept. */
export function toSubject({
  api,
  body,
  headers,
}: Pick<Entry, 'api' | 'body' | 'headers'>): Question['subject'] | undefined {
  if (!body) return undefined;
  const dialect = api === 'openai' ? openai : anthropic;
  return {
    api,
    body,
    prompt: dialect.decode(body),
    headers: { get: (name) => headers[name] ?? null },
  };
}
