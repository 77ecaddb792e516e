import type { Random } from './random.ts';

export type Language = 'en' | 'zh';

/** What it takes to write plausible sentences in one language. */
export interface Writer {
  /** A few sentences that answer nothing in particular. */
  write(random: Random): string;
  /** The same without an opening, to go on from a text that was begun. */
  resume(random: Random): string;
  /** Reasoning about a question; begins with a newline, as LongCat's does. */
  ponder(question: string, random: Random): string;
  word(random: Random): string;
}

const longestSample = 2000;

/** Chinese when a good part of the text is Chinese, else English. */
export function detectLanguage(text: string): Language {
  const length = Math.min(text.length, longestSample);
  let ideographs = 0;
  for (let index = 0; index < length; index += 1) {
    const unit = text.charCodeAt(index);
    if (unit >= 0x4e00 && unit <= 0x9fff) ideographs += 1;
  }
  return ideographs * 5 > length ? 'zh' : 'en';
}

/** Loads a language when it is first needed: the word lists cost more than the rest of a start. */
export async function loadWriter(language: Language): Promise<Writer> {
  return language === 'zh' ? loadChinese() : loadEnglish();
}

async function loadEnglish(): Promise<Writer> {
  const { faker } = await import('@faker-js/faker/locale/en');
  const { noun, adjective } = faker.definitions.word;
  const verb = faker.definitions.company.buzz_verb;
  const patterns: readonly Pattern[] = [
    ({ n, a, v }) => `You can ${v()} the ${a()} ${n()} before you ${v()} the ${n()}.`,
    ({ n, a, v }) => `One ${a()} ${n()} is usually enough to ${v()} the ${n()}.`,
    ({ n, a, v }) => `Start with the ${n()}, then ${v()} each ${a()} ${n()}.`,
    ({ n, a, v }) => `If the ${n()} looks ${a()}, ${v()} it and try again.`,
    ({ n, a }) => `The ${n()} stays ${a()} as long as the ${n()} does.`,
    ({ n, a }) => `In short, the ${a()} ${n()} matters more than the ${n()}.`,
  ];
  const openers = ['Sure.', 'Of course.', 'Happy to help.', 'Good question.', 'Here is the idea.'];
  return createWriter({
    words: { noun, adjective, verb },
    patterns,
    openers,
    space: ' ',
    frame: (question, thoughts) =>
      `\nThe user says: "${question}"\n\n${thoughts} I'll keep the answer short.`,
  });
}

async function loadChinese(): Promise<Writer> {
  const { faker } = await import('@faker-js/faker/locale/zh_CN');
  const { noun, adjective, verb } = faker.definitions.word;
  const patterns: readonly Pattern[] = [
    ({ n, a }) => `${a()}的${n()}通常比${n()}更重要。`,
    ({ n, a }) => `可以先看看${n()}，再处理${a()}的${n()}。`,
    ({ n, a }) => `如果${n()}不够${a()}，可以换一个${n()}试试。`,
    ({ n, a }) => `一般来说，一个${a()}的${n()}已经足够了。`,
    ({ n, v }) => `想${v()}的时候，别忘了准备好${n()}和${n()}。`,
  ];
  const openers = ['好的。', '当然可以。', '没问题。', '这是个好问题。'];
  return createWriter({
    words: { noun, adjective, verb },
    patterns,
    openers,
    space: '',
    frame: (question, thoughts) => `\n用户说：“${question}”\n\n${thoughts}回答应当简短。`,
  });
}

interface Words {
  readonly noun: readonly string[];
  readonly adjective: readonly string[];
  readonly verb: readonly string[];
}

/** Draws a noun, an adjective or a verb with each call. */
interface Draw {
  n(): string;
  a(): string;
  v(): string;
}

type Pattern = (draw: Draw) => string;

interface Grammar {
  readonly words: Words;
  readonly patterns: readonly Pattern[];
  readonly openers: readonly string[];
  /** Between two sentences. */
  readonly space: string;
  readonly frame: (question: string, thoughts: string) => string;
}

const longestQuote = 60;

function createWriter({ words, patterns, openers, space, frame }: Grammar): Writer {
  function sentences(count: number, random: Random): string {
    const draw = {
      n: () => random.pick(words.noun),
      a: () => random.pick(words.adjective),
      v: () => random.pick(words.verb),
    };
    return Array.from({ length: count }, () => random.pick(patterns)(draw)).join(space);
  }

  return {
    write: (random) => random.pick(openers) + space + sentences(2 + random.below(3), random),
    resume: (random) => space + sentences(1 + random.below(3), random),
    ponder: (question, random) => frame(quote(question), sentences(1 + random.below(2), random)),
    word: (random) => random.pick(words.noun),
  };
}

/** The beginning of a question on one line; no half of a character of it is quoted. */
function quote(question: string): string {
  const start = question.slice(0, 4 * longestQuote).replace(/[\ud800-\udbff]$/, '');
  const line = start.toWellFormed().replaceAll(/\s+/g, ' ').trim();
  const characters = [...line];
  if (characters.length <= longestQuote) return line;
  return `${characters.slice(0, longestQuote).join('')}…`;
}
