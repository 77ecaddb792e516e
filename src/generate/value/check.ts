import { type OutputUnit, Validator } from '@cfworker/json-schema';
import { mostItems, mostMembers } from './budget.ts';
import type { CheckerCopy } from './checker.ts';

export interface Verdict {
  readonly isValid: boolean;
  /** What is wrong; for a valid value, what could not be decided. */
  readonly problem?: string;
}

export type Check = (value: unknown) => Verdict;

/** The check throws a RangeError for what takes too much work. */
export function createCheck(checker: CheckerCopy): Check {
  const { schema, subject, gate, doubts } = checker;
  const validator = new Validator(schema, '2020-12');

  return (value) => {
    Object.assign(subject, listTexts(value));
    gate[0] = true;
    const { valid, errors } = validator.validate(value);
    if (!valid) return { isValid: false, problem: explain(errors.at(-1)) };
    if (doubts.length === 0) return { isValid: true };
    gate[0] = false;
    // Valid however the undecidable parts turn out: they do not concern this value.
    return { isValid: true, problem: validator.validate(value).valid ? undefined : doubts[0] };
  };
}

function listTexts(value: unknown): CheckerCopy['subject'] {
  const texts = new Set<string>();
  const names = new Set<string>();
  const open = [value];
  let left = mostMembers;
  while (open.length > 0) {
    const item = open.pop();
    if (typeof item === 'string') texts.add(item);
    if (typeof item !== 'object' || item === null) continue;
    const members = Object.entries(item);
    left -= members.length;
    if (left < 0 || (Array.isArray(item) && members.length > mostItems)) {
      throw new RangeError('The value is too large to check.');
    }
    for (const [name, member] of members) {
      if (!Array.isArray(item)) names.add(name);
      open.push(member);
    }
  }
  return { texts: [...texts, ...names], names: [...names] };
}

function explain(error: OutputUnit | undefined): string {
  // A pattern is checked as an enum, whose own message would list the value's texts.
  const reason =
    error?.keyword === 'enum' ? 'Neither "enum" nor "pattern" allows it.' : error?.error;
  return `At "${error?.instanceLocation}": ${reason?.slice(0, 200)}`;
}
