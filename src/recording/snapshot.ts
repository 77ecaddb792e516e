import type { Cassette, Recording } from './cassette.ts';
import { type CleanExchange, cleanExchange, type Exchange, toRecording } from './exchange.ts';
import { compileRules } from './rules.ts';
import { remedy, scan } from './scan.ts';
import type { Secrets } from './secret-text.ts';
import { addRecording, type Heading } from './tape.ts';

/** A request whose answer cannot be written down, and the reason as a sentence. */
export interface Refused {
  readonly id: string;
  readonly reason: string;
}

export interface CleanedExchanges {
  readonly clean: readonly CleanExchange[];
  /** Those that hold secrets still. */
  readonly refused: readonly Refused[];
}

/** Redacted as recordings are, and looked through as these are before they are written. */
export function cleanExchanges(exchanges: readonly Exchange[], secrets: Secrets): CleanedExchanges {
  const clean = exchanges.map((exchange) => cleanExchange(exchange, secrets));
  return { clean, refused: clean.flatMap(findSecret) };
}

function findSecret({ id, body: request, response }: CleanExchange): readonly Refused[] {
  const [finding] = scan({ id: 'new', request, response }).findings;
  if (!finding) return [];
  return [{ id, reason: `Its ${finding.path} contains ${finding.rule}. ${remedy}` }];
}

/** A cassette of nothing but these. */
export async function makeCassette(
  exchanges: readonly CleanExchange[],
  heading: Heading,
): Promise<Cassette> {
  const cassette = addRecordings(undefined, await toRecordings(exchanges, heading), heading);
  if (!cassette) throw new Error('A cassette without recordings.'); // whoever has none does not ask
  return cassette;
}

export function toRecordings(
  exchanges: readonly CleanExchange[],
  { match }: Pick<Heading, 'match'>,
): Promise<readonly Omit<Recording, 'id'>[]> {
  const rules = compileRules(match);
  return Promise.all(exchanges.map((exchange) => toRecording(exchange, rules)));
}

/** A cassette with recordings in place of all that it has of the same requests. */
export function addRecordings(
  before: Cassette | undefined,
  recordings: readonly Omit<Recording, 'id'>[],
  heading: Heading,
): Cassette | undefined {
  const seen = new Set<string>();
  let cassette = before;
  for (const recording of recordings) {
    const replaces = !seen.has(recording.key);
    seen.add(recording.key);
    ({ cassette } = addRecording(cassette, recording, { heading, replaces }));
  }
  return cassette;
}
