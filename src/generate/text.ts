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
  const patterns = [
    'You can {verb} the {adjective} {noun} before you {verb} the {noun}.',
    'One {adjective} {noun} is usually enough to {verb} the {noun}.',
    'Start with the {noun}, then {verb} each {adjective} {noun}.',
    'If the {noun} looks {adjective}, {verb} it and try again.',
    'The {noun} stays {adjective} as long as the {noun} does.',
    'In short, the {adjective} {noun} matters more than the {noun}.',
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
  const patterns = [
    '{adjective}的{noun}通常比{noun}更重要。',
    '可以先看看{noun}，再处理{adjective}的{noun}。',
    '如果{noun}不够{adjective}，可以换一个{noun}试试。',
    '一般来说，一个{adjective}的{noun}已经足够了。',
    '想{verb}的时候，别忘了准备好{noun}和{noun}。',
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

interface Grammar {
  readonly words: Words;
  /** Sentences with a `{noun}`, an `{adjective}` or a `{verb}` to fill in. */
  readonly patterns: readonly string[];
  readonly openers: readonly string[];
  /** Between two sentences. */
  readonly space: string;
  readonly frame: (question: string, thoughts: string) => string;
}

const longestQuote = 60;

function createWriter({ words, patterns, openers, space, frame }: Grammar): Writer {
  const compiled = patterns.map((pattern) => compile(pattern, words));

  function sentences(count: number, random: Random): string {
    let text = fill(random.pick(compiled), random);
    for (let more = 1; more < count; more += 1) text += space + fill(random.pick(compiled), random);
    return text;
  }

  return {
    write: (random) => random.pick(openers) + space + sentences(2 + random.below(3), random),
    resume: (random) => space + sentences(1 + random.below(3), random),
    ponder: (question, random) => frame(quote(question), sentences(1 + random.below(2), random)),
    word: (random) => random.pick(words.noun),
  };
}

/** A sentence in parts: a text as it is, or the words of which one takes its place. */
type Pattern = readonly (string | readonly string[])[];

function compile(pattern: string, words: Words): Pattern {
  return pattern.split(/[{}]/).map((part) => words[part as keyof Words] ?? part); // a name, or text
}

function fill(pattern: Pattern, random: Random): string {
  let sentence = '';
  for (const part of pattern) sentence += typeof part === 'string' ? part : random.pick(part);
  return sentence;
}

/** The beginning of a question on one line; no half of a character of it is quoted. */
function quote(question: string): string {
  const start = question.slice(0, 4 * longestQuote).replace(/[\ud800-\udbff]$/, '');
  const line = start.toWellFormed().replaceAll(/\s+/g, ' ').trim();
  if (line.length <= longestQuote) return line;
  const characters = [...line];
  if (characters.length <= longestQuote) return line;
  return `${characters.slice(0, longestQuote).join('')}…`;
}
