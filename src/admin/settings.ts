import type { Engine } from '../engine/engine.ts';
import type { Entry } from '../engine/entry.ts';
import type { AnsweredEntry } from '../engine/journal.ts';
import type { UnmatchedPolicy } from '../engine/unmatched.ts';
import type { RawResponse } from '../recording/bytes.ts';
import type { Cassette } from '../recording/cassette.ts';
import type { CleanExchange, Exchange } from '../recording/exchange.ts';
import type { CleanedExchanges } from '../recording/snapshot.ts';
import type { CheckStep } from '../scenario/check.ts';
import type { Subject } from '../scenario/match.ts';
import type { ShippedScenarios } from '../scenario/repertoire.ts';
import type { FixturesOfJournal } from './schema/recordings.ts';
import type { ServerSettings } from './schema/server.ts';
import type { Stock, Uses } from './stock.ts';

/** A request as the journal keeps it, as much as fixtures see of it. */
export type Asked = Pick<Entry, 'api' | 'body' | 'headers'>;

/** Makes files of what was answered. */
export interface Snapshots {
  clean(exchanges: readonly Exchange[]): Promise<CleanedExchanges>;
  /** With a name it is also written down. */
  toCassette(
    exchanges: readonly CleanExchange[],
    name?: string,
  ): Promise<{ readonly cassette: Cassette; readonly path?: string }>;
  toFixtures(exchanges: readonly CleanExchange[], session: string): Promise<FixtureSnapshot>;
}

export type FixtureSnapshot = Pick<FixturesOfJournal, 'fixtures' | 'leftovers' | 'notices'>;

/** What the admin API works on. */
export interface AdminSettings {
  readonly engine: Engine;
  /** The engine's repertoire. */
  readonly stock: Stock;
  readonly uses: Uses;
  readonly shipped: ShippedScenarios;
  readonly checkStep: CheckStep;
  readonly toSubject: (asked: Asked) => Subject | undefined;
  /** The answer of an entry as its client got it; nothing where it was not kept. */
  readonly toWire: (answered: AnsweredEntry) => Promise<RawResponse | undefined>;
  /** They are read when they are first asked for. */
  readonly loadSnapshots: () => Promise<Snapshots>;
  readonly onUnmatched: UnmatchedPolicy | undefined;
  readonly version: string;
  /** What is told of the options: no secret among them. */
  readonly settings: ServerSettings;
  /** Has to come with every request, where there is one. */
  readonly token: string | undefined;
  /** The longest body in bytes. */
  readonly maxBody: number;
  /** Milliseconds since 1970. */
  readonly startedAt: number;
  /** Aborts when the mock closes: whatever still waits is answered. */
  readonly closing: AbortSignal;
  /** Ends the mock; absent for one that does not listen. */
  readonly shutdown: (() => void) | undefined;
}
