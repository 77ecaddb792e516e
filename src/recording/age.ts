import type { Recording } from './cassette.ts';

const units: Readonly<Record<string, number>> = {
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 7 * 86_400_000,
};

/** `30d`, `12h` or the like in milliseconds; `undefined` for any other text. */
export function parseAge(text: string): number | undefined {
  const [, digits, unit = ''] = /^(\d+)([smhdw])$/.exec(text) ?? [];
  const length = units[unit];
  return digits === undefined || length === undefined ? undefined : Number(digits) * length;
}

/** How old a recording may be, and what an older one does. */
export interface Expiry {
  readonly maxAge: string;
  /** What an older one does: answer with a warning, not answer, or be recorded anew. */
  readonly policy: 'warn' | 'fail' | 'rerecord';
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** Why a recording is too old; nothing when it is not. */
export function explainAge(
  { id, recordedAt }: Pick<Recording, 'id' | 'recordedAt'>,
  { maxAge, now }: Expiry,
): string | undefined {
  const age = now() - Date.parse(recordedAt);
  if (age <= (parseAge(maxAge) ?? Number.POSITIVE_INFINITY)) return undefined;
  const days = Math.floor(age / 86_400_000);
  const words = days === 0 ? `${Math.floor(age / 60_000)} minutes` : `${days} days`;
  return `The recording "${id}" is ${words} old, and --max-age is ${maxAge}. Record it anew with --record all, or with --on-expiry rerecord.`;
}
