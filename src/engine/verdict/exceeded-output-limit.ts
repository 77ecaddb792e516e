import { describeModel } from '../../contract/models.ts';
import type { Breach, Case } from './case.ts';

/** A request asked for more output than its model gives. */
export function findExcess({ entries, promptOf }: Case): readonly Breach[] | undefined {
  const asked = entries.flatMap((entry) => {
    const prompt = promptOf(entry);
    return prompt ? [{ entry, prompt }] : [];
  });
  if (asked.length === 0) return undefined;
  return asked.flatMap(({ entry, prompt: { model, maxTokens } }) => {
    const { maxOutput } = describeModel(model);
    if (maxTokens <= maxOutput) return [];
    const message = `Asked for ${maxTokens} output tokens, where ${model} gives at most ${maxOutput}.`;
    return [{ message, requests: [entry] }];
  });
}
