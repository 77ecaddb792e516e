import type { Random } from '../random.ts';
import { asNumber, type Node } from './node.ts';
import { firstWords, lastWords, textsByName } from './words.ts';

/** A readable text for a member of that name, cut or padded to the lengths. */
export function makeText(name: string, schema: Node, source: Random): string {
  const min = asNumber(schema['minLength'], 0);
  const max = asNumber(schema['maxLength'], Infinity);
  const words = `${source.pick(firstWords)} ${source.pick(lastWords)}`;
  const fitting = findTexts(name).filter((text) => text.length >= min && text.length <= max);
  const text = fitting.length > 0 ? source.pick(fitting) : words;
  if (text.length >= min && text.length <= max) return text;
  const length = text.length < min ? min : max;
  const cut = `${text} `.repeat(Math.ceil(length / text.length)).slice(0, length);
  return cut.trimEnd().padEnd(Math.min(min, length), 'a');
}

/** The last word of the name that is known decides: "userEmail" is an email. */
function findTexts(name: string): readonly string[] {
  const words = name
    .slice(0, 100)
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/);
  for (const word of [words.join(''), ...words.reverse()]) {
    const texts = textsByWord.get(word) ?? textsByWord.get(word.replace(/s$/, ''));
    if (texts) return texts;
  }
  return [];
}

const textsByWord = new Map(
  Object.entries(textsByName).flatMap(([words, texts]) =>
    words.split(' ').map((word): [string, readonly string[]] => [word, texts]),
  ),
);
