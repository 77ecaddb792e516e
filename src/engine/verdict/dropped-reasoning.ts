import type { Turn } from '../../exchange/prompt.ts';
import type { Entry } from '../entry.ts';
import type { Breach, Case } from './case.ts';

/**
 * An assistant turn with tool calls was replayed without the `reasoning_content` it came with.
 * Only of the OpenAI format: the Anthropic one has signed blocks for it.
 */
export function findDroppedReasoning({ entries, promptOf }: Case): readonly Breach[] | undefined {
  const answered = new Map<string, Entry>();
  const told = new Set<Entry>();
  const breaches: Breach[] = [];
  let judged = false;
  for (const entry of entries) {
    if (entry.api !== 'openai') continue;
    for (const turn of promptOf(entry)?.messages ?? []) {
      const source = findSource(turn, answered);
      if (!source) continue;
      judged = true;
      if (turn.thinking || told.has(source)) continue;
      told.add(source);
      breaches.push({ message, requests: [source, entry] });
    }
    if (entry.thinking) for (const id of entry.callIds ?? []) answered.set(bareId(id), entry);
  }
  return judged ? breaches : undefined;
}

const message = 'Replayed an assistant turn with tool calls without its reasoning_content.';

function findSource(
  { role, toolCalls = [] }: Turn,
  answered: ReadonlyMap<string, Entry>,
): Entry | undefined {
  if (role !== 'assistant') return undefined;
  for (const { id } of toolCalls) {
    const source = answered.get(bareId(id));
    if (source) return source;
  }
  return undefined;
}

function bareId(id: string): string {
  return id.replace(/^(?:call|toolu)_/, '');
}
