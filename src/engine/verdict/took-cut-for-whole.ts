import { quote } from '../../scenario/text-test.ts';
import type { Entry } from '../entry.ts';
import type { Breach, Case } from './case.ts';

/** A stream was cut, and a later request replays its half as an answer. */
export function findHalvesReplayed({ entries, promptOf }: Case): readonly Breach[] | undefined {
  const cuts = new Map<string, Entry>();
  let judged = false;
  const breaches: Breach[] = [];
  for (const entry of entries) {
    const { messages = [] } = promptOf(entry) ?? {};
    for (const [index, { role, text }] of messages.entries()) {
      // A half at the end is no answer taken for whole: the model is asked to go on with it.
      if (role !== 'assistant' || index === messages.length - 1) continue;
      const cut = cuts.get(text.trim());
      if (!cut || !asked(promptOf(cut)?.messages.at(-1), messages[index - 1])) continue;
      cuts.delete(text.trim());
      breaches.push({ message: describe(text), requests: [cut, entry] });
    }
    const text = entry.text?.trim();
    if (entry.end !== 'cut' || !text) continue;
    cuts.set(text, entry);
    judged = true;
  }
  return judged ? breaches : undefined;
}

interface Said {
  readonly text: string;
}

/** Whether both are the same question: an answer such as "Yes." may well have been given to another. */
function asked(left: Said | undefined, right: Said | undefined): boolean {
  return left !== undefined && left.text === right?.text;
}

function describe(text: string): string {
  return `Took a stream that was cut for a whole answer: a later request replays ${quote(text)}.`;
}
