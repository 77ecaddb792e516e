import { describeViolations, type ErrorName } from '../contract/errors.ts';
import { describeModel, isServed } from '../contract/models.ts';
import { listViolations, type ModelLimit } from '../contract/violations.ts';
import type { Dialect } from '../dialect/dialect.ts';
import type { Failure } from '../exchange/failure.ts';
import type { JsonObject } from '../exchange/json.ts';
import { createNarrower } from './narrow.ts';
import type { AppSettings } from './settings.ts';

export interface Judgement {
  readonly failure?: Failure<ErrorName>;
  /** What LongCat would refuse, where this server only warns. */
  readonly violations: readonly string[];
}

export type Judge = (body: JsonObject) => Judgement;

/** Whether LongCat would take a body: first its model, then its members, all of them at once. */
export function createJudge(
  dialect: Dialect,
  { models, validate }: Pick<AppSettings, 'models' | 'validate'>,
): Judge {
  const narrow = createNarrower(dialect.request);

  return function judge(body) {
    const { model } = body;
    if (typeof model === 'string' && !isServed(models, model)) {
      return { failure: refuseModel(model, models), violations: [] };
    }
    if (validate === 'off') return { violations: [] };

    const violations = listViolations(narrow(body), body, limitOf(dialect, model));
    if (violations.length === 0 || validate === 'warn') return { violations };
    const message = describeViolations(violations);
    const hint = violations.join('\n');
    return { failure: { name: 'invalid_parameter', message, hint }, violations: [] };
  };
}

export function refuseModel(model: string, models: readonly string[]): Failure<ErrorName> {
  const hint = `The model "${model}" is not served, only ${models.join(', ')} (case-sensitive): add it with --models.`;
  return { name: 'unsupported_model', hint };
}

function limitOf({ outputLimits }: Dialect, model: unknown): ModelLimit | undefined {
  if (typeof model !== 'string') return undefined;
  return { members: outputLimits, maximum: describeModel(model).maxOutput };
}
