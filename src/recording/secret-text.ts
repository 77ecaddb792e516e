import { isSecretName, redacted } from '../contract/credentials.ts';
import { MockError } from '../errors.ts';
import { compilePattern, explainPattern, type TextPattern } from '../exchange/pattern.ts';
import { hideSpans, mergeSpans, type Span } from './spans.ts';

/** What a user wants left out besides credentials. */
export type Redaction =
  | { readonly pattern: string }
  /** The name of a member or a header. */
  | { readonly member: string };

/** What is left out: the credentials that are known, and what a user adds. */
export interface Secrets {
  isName(name: string): boolean;
  readonly patterns: readonly TextPattern[];
}

/** Throws a MockError for a pattern that cannot be used. */
export function compileRedactions(redactions: readonly Redaction[]): Secrets {
  const names = new Set(
    redactions.flatMap((each) => ('member' in each ? [each.member.toLowerCase()] : [])),
  );
  return {
    isName: (name) => isSecretName(name) || names.has(name.toLowerCase()),
    patterns: redactions.flatMap((each) => ('pattern' in each ? [compile(each.pattern)] : [])),
  };
}

/** A flag's value: `member:NAME`, or else a pattern. */
export function parseRedaction(value: string): Redaction {
  const member = /^member:(.+)$/s.exec(value)?.[1];
  return member === undefined ? { pattern: value } : { member };
}

/** The text without what patterns find in it, nor, where it is JSON, the values of secret members. */
export function redactText(text: string, secrets: Secrets): string {
  const spans = findSecrets(text, secrets);
  return spans.length === 0 ? text : hideSpans(text, spans);
}

export function findSecrets(text: string, secrets: Secrets): readonly Span[] {
  const isJson = /^\s{0,100}[[{]/.test(text);
  return mergeSpans([
    ...(isJson ? findSecretMembers(text, secrets) : []),
    ...secrets.patterns.flatMap((pattern) => pattern.findIn(text)),
  ]);
}

/**
 * The texts of secret members in JSON, which may be cut short: arguments of a tool call may be. Found
 * in place, so that all else stays as it was written.
 */
export function findSecretMembers(text: string, { isName }: Secrets): readonly Span[] {
  return [...text.matchAll(/"([^"\\]{1,100})"\s{0,100}:\s{0,100}"/g)].flatMap((found): Span[] => {
    const [whole, name = ''] = found;
    if (!isName(name)) return [];
    const start = found.index + whole.length;
    const end = findTextEnd(text, start);
    return end === start || text.slice(start, end) === redacted ? [] : [[start, end]];
  });
}

function findTextEnd(text: string, start: number): number {
  let at = start;
  while (at < text.length && text[at] !== '"') at += text[at] === '\\' ? 2 : 1;
  return Math.min(at, text.length);
}

function compile(source: string): TextPattern {
  const problem = explainPattern(source);
  if (problem) throw invalid(`Cannot redact "${source}": ${problem}.`);
  const pattern = compilePattern(source);
  if (pattern.isIn('')) {
    throw invalid(`Cannot redact "${source}": it matches where there is nothing. Use + for *.`);
  }
  if (!pattern.isIn(redacted)) return pattern;
  throw invalid(
    `Cannot redact "${source}": it matches "${redacted}" too, which stands for what it finds. Make it narrower.`,
  );
}

function invalid(message: string): MockError {
  return new MockError('invalid-config', message);
}
