import { MockError } from '../errors.ts';
import { type CheckStep, checkAnswers } from '../scenario/check.ts';
import { parseFixtures } from '../scenario/parse.ts';
import { hasErrors, type Problem } from '../scenario/problem.ts';
import type { FixtureInput } from '../scenario/schema.ts';
import type { Draft } from './draft.ts';
import type { Leftover } from './leftover.ts';
import { type FileFormat, renderFile } from './render.ts';

export interface SettleOptions {
  /** The fixture file, as messages show it. */
  readonly file: string;
  readonly format: FileFormat;
  /** What the ids begin with. */
  readonly prefix: string;
  readonly description: string;
  /** The scenario that the file is; without one it is always active. */
  readonly scenario?: string | undefined;
  readonly checkStep: CheckStep;
}

export interface Settled {
  /** The fixture file; absent when no fixture is left. */
  readonly text?: string;
  readonly fixtures: readonly FixtureInput[];
  readonly leftovers: readonly Leftover[];
  readonly warnings: readonly Problem[];
}

/** A fixture file of those drafts that the loader takes, and whose answers LongCat could have sent. */
export async function settle(drafts: readonly Draft[], options: SettleOptions): Promise<Settled> {
  const fixtures: FixtureInput[] = [];
  const leftovers: Leftover[] = [];
  for (const { file, entry, fixture } of drafts) {
    const settled = order(`${options.prefix}.${fixtures.length + 1}`, fixture);
    const { problems } = await load(JSON.stringify({ version: 1, fixtures: [settled] }), options);
    const errors = problems.filter(({ severity }) => severity === 'error');
    if (errors.length === 0) fixtures.push(settled);
    const why = errors.map(({ message }) => message).join('; ');
    if (why !== '') leftovers.push({ file, entry, what: 'the whole entry', why });
  }
  if (fixtures.length === 0) return { fixtures, leftovers, warnings: [] };
  return { fixtures, leftovers, ...(await renderChecked(fixtures, options)) };
}

/** As people write them: what it is for, then what it does. */
function order(id: string, fixture: Draft['fixture']): FixtureInput {
  const { description, priority, match, respond, ...rest } = fixture;
  return {
    id,
    ...(description !== undefined && { description }),
    ...(priority !== undefined && { priority }),
    ...(match && Object.keys(match).length > 0 && { match }),
    respond,
    ...rest,
  };
}

async function renderChecked(
  fixtures: readonly FixtureInput[],
  options: SettleOptions,
): Promise<{ readonly text: string; readonly warnings: readonly Problem[] }> {
  const { description, scenario, file } = options;
  const content = { version: 1, ...(scenario && { scenario }), description, fixtures };
  const text = await renderFile(content, options.format);
  const [meant, written] = [
    await load(JSON.stringify(content), options),
    await load(text, options),
  ];
  const isSame = JSON.stringify(meant.content) === JSON.stringify(written.content);
  if (!isSame || hasErrors(written.problems)) {
    const advice = 'Try --format json.';
    throw new MockError('invalid-config', `"${file}" would not say what was meant. ${advice}`);
  }
  return { text, warnings: written.problems };
}

/** What the loader and the rehearsal of answers make of a fixture file. */
async function load(text: string, { file, checkStep }: SettleOptions) {
  const parsed = await parseFixtures(text, { file });
  const problems = [...parsed.problems, ...checkAnswers([parsed], checkStep)];
  return { content: parsed.checked?.content, problems };
}
