import { compilePattern } from '../../exchange/pattern.ts';
import type { Subject } from '../../scenario/match.ts';

interface Mismatch {
  readonly place: string;
  readonly expected: string;
  /** As JSON, cut when it is long. */
  readonly got: string;
}

/** What may be the reason of a mismatch, and how to mend it; undefined where nothing stands out. */
export function hintAt({ place, expected, got }: Mismatch, subject: Subject): string | undefined {
  switch (place) {
    case 'api':
      return `The request came by the ${got} endpoints, and the fixture is for ${expected}: api: any takes both.`;
    case 'stream':
      return expected === 'true'
        ? 'The fixture expects stream: true, and the request is not streamed.'
        : 'The fixture expects stream: false, and the request is streamed.';
    case 'thinking':
      return expected === 'false' && subject.api === 'openai'
        ? 'LongCat thinks unless the request turns it off.'
        : undefined;
    default:
      return hintOnText(place, readExpectation(expected), readTexts(place, got, subject));
  }
}

interface Expectation {
  readonly kind: 'equals' | 'contains' | 'matches';
  readonly text: string;
}

/** The one text that a condition asks for; undefined when it asks for more, or was cut. */
function readExpectation(expected: string): Expectation | undefined {
  const [, verb, json = ''] = /^(?:(contains|matches) )?(".*")$/s.exec(expected) ?? [];
  const text = readJson(json);
  if (typeof text !== 'string' || text === '') return undefined;
  if (verb === 'contains' || verb === 'matches') return { kind: verb, text };
  return { kind: 'equals', text };
}

const longestText = 2048;

/** The texts that are there: one, or the items of a list. */
function readTexts(place: string, got: string, { prompt }: Subject): readonly string[] {
  if (place === 'messages[-1].content') {
    return [prompt.messages.at(-1)?.text ?? ''].map((text) => text.slice(0, longestText));
  }
  const value = readJson(got);
  return [value].flat().filter((item) => typeof item === 'string') as string[]; // as filtered
}

function hintOnText(
  place: string,
  expectation: Expectation | undefined,
  texts: readonly string[],
): string | undefined {
  if (!expectation) return undefined;
  if (texts.some((text) => fitsBut(expectation, text, ignoreCase))) {
    return `${nameOf(place)} differs only in case.`;
  }
  if (texts.some((text) => fitsBut(expectation, text, ignoreSpace))) {
    return `${nameOf(place)} differs only in whitespace.`;
  }
  if (expectation.kind !== 'matches') return undefined;
  if (!texts.some((text) => text.includes(expectation.text))) return undefined;
  return `${nameOf(place)} holds the pattern as it is written: escape its special characters, or use contains.`;
}

function fitsBut(
  { kind, text: wanted }: Expectation,
  text: string,
  simplify: (text: string) => string,
): boolean {
  switch (kind) {
    case 'equals':
      return simplify(text) === simplify(wanted);
    case 'contains':
      return simplify(text).includes(simplify(wanted));
    case 'matches':
      return simplify === ignoreCase && compilePattern(`(?i)${wanted}`).isIn(text);
    default:
      return kind satisfies never;
  }
}

function ignoreCase(text: string): string {
  return text.toLowerCase();
}

function ignoreSpace(text: string): string {
  return text.trim().replaceAll(/\s+/g, ' ');
}

function nameOf(place: string): string {
  return place === 'model' ? 'The model' : `The text at ${place}`;
}

function readJson(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined; // it was cut
  }
}
