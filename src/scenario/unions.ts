import { z } from 'zod/v3';
import { describeType } from './type-words.ts';

type TypeIssue = Extract<z.ZodIssue, { code: 'invalid_type' }>;
type LiteralIssue = Extract<z.ZodIssue, { code: 'invalid_literal' }>;

/** The issues of the branch of a union that was meant, in place of those of every branch. */
export function flattenUnion(issue: z.ZodIssue): readonly z.ZodIssue[] {
  if (issue.code !== 'invalid_union') return [issue];
  const { path } = issue;
  const branches = issue.unionErrors.map(({ issues }) => issues.flatMap(flattenUnion));
  const fitting = branches.filter((branch) => !branch.some((each) => isOfType(each, path)));
  if (fitting.length === 0) return [expectAnyOf(branches.flat(), path)];

  const kinds = fitting.flatMap((branch) => branch.filter(isKind));
  const [kind] = kinds;
  if (kind && fitting.every((branch) => branch.some(isKind))) return [expectKind(kind, kinds)];
  const [meant = []] = fitting.toSorted(
    (left, right) =>
      Number(left.some(isKind)) - Number(right.some(isKind)) || left.length - right.length,
  );
  return meant;
}

/** Whether a branch wants another type than the value has: a list in place of an object, say. */
function isOfType(issue: z.ZodIssue, path: readonly unknown[]): issue is TypeIssue {
  return issue.code === 'invalid_type' && issue.path.length === path.length;
}

/** Whether a branch has another `type: …` than the value. */
function isKind(issue: z.ZodIssue): issue is LiteralIssue {
  return issue.code === 'invalid_literal';
}

function expectAnyOf(issues: readonly z.ZodIssue[], path: z.ZodIssue['path']): z.ZodIssue {
  const types = issues.flatMap((issue) =>
    isOfType(issue, path) ? [describeType(issue.expected)] : [],
  );
  const message = `expected ${[...new Set(types)].join(' or ')}`;
  return { code: z.ZodIssueCode.custom, path, message };
}

function expectKind(
  { path, received, message }: LiteralIssue,
  kinds: readonly LiteralIssue[],
): z.ZodIssue {
  const options = [...new Set(kinds.map(({ expected }) => String(expected)))];
  const code = z.ZodIssueCode.invalid_enum_value;
  return { code, path, message, options, received: String(received) };
}
