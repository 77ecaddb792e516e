import type { z } from 'zod/v3';
import { readDocument } from '../scenario/document.ts';
import { explainIssues } from '../scenario/issues.ts';
import { listKnownKeys } from '../scenario/known-keys.ts';
import type { Mistake, Path } from '../scenario/mistake.ts';
import type { Refusal } from './handler.ts';
import type { Problem } from './schema/common.ts';

export type Parsed = { readonly ok: true; readonly value: unknown } | NotParsed;
export type NotParsed = { readonly ok: false; readonly refusal: Refusal };

const deepest = 64;
const mostTold = 3;

/** The value of a body, JSON unless its type says YAML; `{}` where there is none. */
export async function parseBody(text: string, type = ''): Promise<Parsed> {
  if (text.trim() === '') return { ok: true, value: {} };
  return /[/+-]yaml\b/i.test(type) ? parseYaml(text) : parseJson(text);
}

function parseJson(text: string): Parsed {
  try {
    const value: unknown = JSON.parse(text);
    if (!isDeeperThan(value, deepest)) return { ok: true, value };
    return notParsed({ message: `The body nests deeper than ${deepest} levels.` });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return notParsed({ message: `The body is not JSON: ${reason}` });
  }
}

async function parseYaml(text: string): Promise<Parsed> {
  const { value, problems } = await readDocument(text, 'body');
  if (problems.length === 0) return { ok: true, value };
  const told = problems.map(({ line, column, message, fix = '' }) =>
    `Line ${line}, column ${column} of the body: ${message}. ${fix}`.trimEnd(),
  );
  return notParsed({ message: told.slice(0, mostTold).join(' ') });
}

/** Guards everything that walks a body by recursion. */
function isDeeperThan(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return levels === 0 || Object.values(value).some((member) => isDeeperThan(member, levels - 1));
}

/** A body or a query by its schema, or everything that is wrong with it. */
export function parseWith(schema: z.ZodTypeAny, value: unknown, part: 'body' | 'query'): Parsed {
  const parsed = schema.safeParse(value);
  if (parsed.success) return { ok: true, value: parsed.data };
  const problems = explainIssues(parsed.error.issues, value, schema).map((mistake) =>
    toProblem(nameKnown(mistake, schema), part),
  );
  return notParsed({ message: summarize(problems), problems });
}

function notParsed(words: Pick<Refusal, 'message' | 'problems'>): NotParsed {
  return { ok: false, refusal: { status: 400, code: 'invalid_request', ...words } };
}

/** A name that is near may still not be the one: the rest follows it. */
function nameKnown(mistake: Mistake, schema: z.ZodTypeAny): Mistake {
  const { part, path, fix = '' } = mistake;
  if (part !== 'key' || fix.startsWith('Known')) return mistake;
  const known = listKnownKeys(schema, path.slice(0, -1));
  return { ...mistake, fix: `${fix} Known here are ${known.join(', ')}.` };
}

function toProblem({ path, message, fix, severity }: Mistake, part: string): Problem {
  return {
    severity: severity ?? 'error',
    path: showPath(path),
    // The words are those of a fixture file’s problems.
    message: message
      .replace(/^The file /, `The ${part} `)
      .replace(/^Invalid file /, `Invalid ${part} `),
    ...(fix !== undefined && { fix }),
  };
}

/** `fixtures[0].respond`; nothing for the root. */
export function showPath(path: Path): string {
  return path
    .map((key) => (typeof key === 'number' ? `[${key}]` : `.${key}`))
    .join('')
    .replace(/^\./, '');
}

/** The first few in one line; all of them are beside it. */
export function summarize(problems: readonly Problem[]): string {
  const errors = problems.filter(({ severity }) => severity === 'error');
  const told = errors.slice(0, mostTold).map(({ path, message, fix }) => {
    const where = path === '' ? '' : `${path}: `;
    return `${where}${message}.${fix === undefined ? '' : ` ${fix}`}`;
  });
  const more = errors.length - mostTold;
  return [...told, ...(more > 0 ? [`And ${more} more.`] : [])].join(' ');
}
