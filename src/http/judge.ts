import type { ErrorName } from '../contract/errors.ts';
import { describeModel, isServed } from '../contract/models.ts';
import { listViolations, listViolationsInParts, type ModelLimit } from '../contract/violations.ts';
import { describeViolations } from '../contract/wording.ts';
import type { Dialect } from '../dialect/dialect.ts';
import { takeTurns } from '../engine/turn.ts';
import type { Failure } from '../exchange/failure.ts';
import type { JsonObject } from '../exchange/json.ts';
import { createNarrower } from './narrow.ts';
import type { AppSettings } from './settings.ts';

export interface Judgement {
  readonly failure?: Failure<ErrorName>;
  /** What LongCat would refuse, where this server only warns. */
  readonly violations: readonly string[];
}

/** At once for a small body; a large one is judged in turns with other work. */
export type Judge = (body: JsonObject, text: string) => Judgement | Promise<Judgement>;

/** Whether LongCat would take a body: first its model, then its members, all of them at once. */
export function createJudge(
  dialect: Dialect,
  { models, validate, recorder }: Pick<AppSettings, 'models' | 'validate' | 'recorder'>,
): Judge {
  const narrow = createNarrower(dialect.request);

  return function judge(body, text) {
    const { model } = body;
    const isUnknown = typeof model === 'string' && !isServed(models, model);
    if (isUnknown && !recorder) return { failure: refuseModel(model, models), violations: [] };
    if (validate === 'off') return { violations: [] };

    const limit = limitOf(dialect, model);
    const known = isUnknown ? [`/model: ${JSON.stringify(model)} is not served by this mock`] : [];
    if (text.length > largeBody) return judgeInTurns(body, { limit, known });
    return conclude([...known, ...listViolations(narrow(body), body, limit)]);
  };

  async function judgeInTurns(
    body: JsonObject,
    { limit, known }: { readonly limit?: ModelLimit; readonly known: readonly string[] },
  ): Promise<Judgement> {
    const enough = mostListed + 1;
    const work = listViolationsInParts(narrow(body), body, { limit, enough });
    return conclude([...known, ...(await takeTurns(work, partsATurn))]);
  }

  function conclude(violations: readonly string[]): Judgement {
    if (violations.length === 0) return { violations };
    const told = shorten(violations);
    // Whatever the upstream says to such a body can be recorded.
    if (validate === 'warn' || recorder) return { violations: told };
    const message = describeViolations(list(violations));
    return {
      failure: { name: 'invalid_parameter', message, hint: told.join('\n') },
      violations: [],
    };
  }
}

/** Characters. All wrong, a body of this size is judged within a tenth of a second. */
const largeBody = 32 * 1024;
const partsATurn = 1000;

/** Lines of an answer: LongCat is taken to list them all, and a few megabytes may hold millions. */
const mostListed = 10_000;

function list(violations: readonly string[]): readonly string[] {
  if (violations.length <= mostListed) return violations;
  const first = violations.slice(0, mostListed);
  return [...first, `More follow: only the first ${mostListed} are listed.`];
}

const mostTold = 100;
const longestLine = 500;

/** For headers, the log and the journal, which keeps a thousand requests of each session. */
function shorten(violations: readonly string[]): readonly string[] {
  const told = violations.slice(0, mostTold).map(cut);
  const more = violations.length - mostTold;
  if (more <= 0) return told;
  const least = violations.length > mostListed ? 'at least ' : '';
  return [...told, `… and ${least}${more} more`];
}

function cut(line: string): string {
  return line.length <= longestLine ? line : `${line.slice(0, longestLine).toWellFormed()}…`;
}

export function refuseModel(model: string, models: readonly string[]): Failure<ErrorName> {
  const hint = `The model "${model}" is not served, only ${models.join(', ')} (case-sensitive): add it with --models.`;
  return { name: 'unsupported_model', hint };
}

function limitOf({ outputLimits }: Dialect, model: unknown): ModelLimit | undefined {
  if (typeof model !== 'string') return undefined;
  return { members: outputLimits, maximum: describeModel(model).maxOutput };
}
