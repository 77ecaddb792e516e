import type { RE2JS } from 're2js';

/** One state of a pattern's automaton. */
export type State =
  | { readonly kind: 'match' }
  | { readonly kind: 'fail' }
  /** Takes a code point: the only one of `runes`, or one of its ranges. */
  | { readonly kind: 'rune'; readonly next: number; readonly runes: ArrayLike<number> }
  | { readonly kind: 'step'; readonly ways: readonly number[]; readonly isLast: boolean };

export interface Program {
  readonly states: readonly State[];
  readonly start: number;
}

/** RE2JS's compiled instruction, which its types leave open: `prog` is `any`. */
interface Instruction {
  readonly op: number;
  readonly out: number;
  readonly arg: number;
  readonly runes: ArrayLike<number>;
}

const lastCodePoint = 0x10ffff;
const endOfText = 8;

/** Undefined where RE2JS, in a version to come, keeps its program in another shape. */
export function readProgram(expression: RE2JS): Program | undefined {
  const program: unknown = expression.re2?.()?.prog;
  if (!isObject(program) || !Array.isArray(program['inst'])) return undefined;
  const start = program['start'];
  const states = program['inst'].map(readState).filter((state) => state !== undefined);
  const isWhole = states.length === program['inst'].length;
  return isWhole && isIndex(start) ? { states, start } : undefined;
}

function readState(instruction: unknown): State | undefined {
  if (!isInstruction(instruction)) return undefined;
  const { op, out, arg, runes } = instruction;
  switch (op) {
    case 1: // ALT
    case 2: // ALT_MATCH
      return { kind: 'step', ways: [out, arg], isLast: false };
    case 4: // EMPTY_WIDTH
      return { kind: 'step', ways: [out], isLast: (arg & endOfText) !== 0 };
    case 3: // CAPTURE
    case 7: // NOP
    case 12: // LB_WRITE
    case 13: // LB_CHECK
      return { kind: 'step', ways: [out], isLast: false };
    case 5:
      return { kind: 'fail' };
    case 6:
      return { kind: 'match' };
    case 8: // RUNE
    case 9: // RUNE1
      return { kind: 'rune', next: out, runes };
    case 10: // RUNE_ANY
    case 11: // RUNE_ANY_NOT_NL
      return { kind: 'rune', next: out, runes: [0, lastCodePoint] };
    default:
      return undefined;
  }
}

function isInstruction(value: unknown): value is Instruction {
  if (!isObject(value)) return false;
  const { op, out, arg, runes } = value;
  if (![op, out, arg].every(isIndex)) return false;
  return (
    (Array.isArray(runes) || runes instanceof Int32Array) &&
    runes.every((rune) => isIndex(rune) && rune <= lastCodePoint)
  );
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function isIndex(value: unknown): value is number {
  return Number.isInteger(value) && Number(value) >= 0;
}
