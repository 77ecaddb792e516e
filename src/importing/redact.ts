import { isSecretName } from '../contract/credentials.ts';
import type { BodyMatcher, Match, TextMatcher, TurnMatcher } from '../scenario/match-schema.ts';
import type { Draft } from './draft.ts';
import { escapePattern } from './pattern.ts';

const redacted = '[redacted]';

/** What keys look like: of LongCat, OpenAI and Anthropic, JSON web tokens, AWS, GitHub. */
const keyPattern =
  /\bsk-[\w-]{12,}|\bak_[A-Za-z0-9]{20,}|\beyJ[\w-]{10,}\.[\w-]{10,}\.[\w-]*|\bAKIA[0-9A-Z]{16}\b|\bgh[pousr]_[A-Za-z0-9]{20,}|\bBearer\s+(?=\S*\d)[\w.~+/-]{12,}=*/gi;

const shortestSecret = 8;

/**
 * A draft without keys: those that the call is known to have carried, what looks like one, and what
 * members hold that are named like one. Where a condition held one, anything may stand there.
 */
export function redactDraft(
  draft: Draft,
  secrets: readonly string[] = [],
): { readonly draft: Draft; readonly found: boolean } {
  const cut = createCutter(secrets);
  const { match, ...rest } = draft.fixture;
  const fixture = {
    ...(redactValue(rest, cut) as typeof rest), // of the same shape
    ...(match && { match: redactMatch(match, cut) }),
  };
  const found = JSON.stringify(fixture) !== JSON.stringify({ ...rest, ...(match && { match }) });
  return { draft: { ...draft, fixture }, found };
}

/** A text in the pieces between its secrets: one piece where there is none. */
type Cutter = (text: string) => readonly string[];

function createCutter(secrets: readonly string[]): Cutter {
  const known = [...new Set(secrets)]
    .filter((secret) => secret.length >= shortestSecret)
    .toSorted((left, right) => right.length - left.length);
  return (text) => known.reduce(cutOut, text.split(keyPattern));
}

function cutOut(pieces: readonly string[], secret: string): readonly string[] {
  return pieces.flatMap((piece) => piece.split(secret));
}

function redactValue(value: unknown, cut: Cutter): unknown {
  if (typeof value === 'string') return cut(value).join(redacted);
  if (Array.isArray(value)) return value.map((item) => redactValue(item, cut));
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value).map(([name, member]) => [
    cut(name).join(redacted),
    isSecretName(name) && typeof member === 'string' && member !== ''
      ? redacted
      : redactValue(member, cut),
  ]);
  return Object.fromEntries(members);
}

function redactMatch(match: Match, cut: Cutter): Match {
  const { model, messages, headers, body } = match;
  const text = (matcher: TextMatcher | undefined) => matcher && redactMatcher(matcher, cut);
  const turn = (matcher: TurnMatcher | undefined) =>
    matcher && dropUnset({ ...matcher, text: text(matcher.text) });
  return dropUnset({
    ...match,
    model: text(model),
    messages:
      messages &&
      dropUnset({
        last: turn(messages.last),
        any: turn(messages.any),
        lastUser: text(messages.lastUser),
        system: text(messages.system),
      }),
    headers:
      headers &&
      Object.fromEntries(
        Object.entries(headers).map(([name, matcher]) => [
          name,
          isSecretName(name) ? { absent: false } : redactMatcher(matcher, cut),
        ]),
      ),
    body: body?.map((matcher) => redactBodyMatcher(matcher, cut)),
  });
}

/** A text that held a key fits whatever stands in its place. */
function redactMatcher(matcher: TextMatcher, cut: Cutter): TextMatcher {
  if (typeof matcher === 'string') {
    const pieces = cut(matcher);
    return pieces.length === 1 ? matcher : { matches: `(?s)^${allowAnything(pieces)}$` };
  }
  const { equals = '', contains = '', matches = '', ...rest } = matcher;
  if ([equals, contains, matches].every((text) => cut(text).length === 1)) return matcher;
  const whole = equals === '' ? '' : `^${allowAnything(cut(equals))}$`;
  const part = contains === '' ? '' : allowAnything(cut(contains));
  return { ...rest, matches: `(?s)${whole || part || allowAnything(cut(matches))}` };
}

function allowAnything(pieces: readonly string[]): string {
  return pieces.map(escapePattern).join('.*');
}

function redactBodyMatcher(matcher: BodyMatcher, cut: Cutter): BodyMatcher {
  const named = matcher.path.split(/[.[\]'"]+/).some(isSecretName);
  const hidden = JSON.stringify(matcher) !== JSON.stringify(redactValue(matcher, cut));
  return named || hidden ? { path: matcher.path, exists: true } : matcher;
}

function dropUnset<Value extends object>(value: Value): Value {
  const entries = Object.entries(value).filter(([, member]) => member !== undefined);
  return Object.fromEntries(entries) as Value; // fromEntries forgets the keys
}
