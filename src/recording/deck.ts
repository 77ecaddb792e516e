import type { JsonObject } from '../exchange/json.ts';
import { type Expiry, explainAge } from './age.ts';
import type { RawResponse } from './bytes.ts';
import { capture } from './capture.ts';
import { type Cassette, type MatchRules, noRules, type Recording } from './cassette.ts';
import type { Credential } from './credentials.ts';
import { type CleanExchange, endpoints } from './exchange.ts';
import { keyOf } from './key.ts';
import { listMisfits, tellMisfits } from './misfits.ts';
import { explainMiss, tellMiss } from './miss.ts';
import { type Course, chooseCourse, type RecordMode } from './mode.ts';
import { normalise } from './normalise.ts';
import { redactRequest, redactResponse } from './redact.ts';
import { createReels, type Reel } from './reels.ts';
import { scan, tellRefusal } from './scan.ts';
import type { Secrets } from './secret-text.ts';
import { addRecordings, makeCassette } from './snapshot.ts';
import type { CassetteStore } from './store.ts';
import { addRecording, type Heading, mergeRules } from './tape.ts';

/** Plays what was recorded, and records what was not. */
export interface Deck {
  /** What there is for a request. Nothing is taken for it: the caller counts what it plays. */
  find(asking: Asking): Promise<Found>;
  /** Tells that a recording has answered. */
  play(found: Played, recording: Recording): void;
  /** Writes an answer of the upstream down, or tells why not. Whoever awaits it finds it on disk. */
  keep(live: Live, answer: KeptAnswer): Promise<Kept>;
  /**
   * Writes answers down that the mock gave itself, in place of all recordings of the same requests,
   * and returns the cassette that they make by themselves.
   */
  insert(cassette: string, exchanges: readonly CleanExchange[]): Promise<Inserted>;
  /** Of the cassettes that were used, once all that was kept is on disk. */
  list(): Promise<readonly Used[]>;
  /** Takes the recordings out that have not been used. */
  prune(): Promise<void>;
}

export interface Asking {
  /** The name of the cassette. */
  readonly cassette: string;
  readonly mode: RecordMode;
  readonly api: Recording['api'];
  readonly body: JsonObject;
}

export type Found = Played | Live | Missing;

export interface Played {
  readonly kind: 'recordings';
  readonly cassette: string;
  readonly key: string;
  /** Of this very request, in the order in which they were made. */
  readonly recordings: readonly Recording[];
  readonly reel: Reel;
}

/** The upstream has to answer. */
export interface Live {
  readonly kind: 'live';
  readonly cassette: string;
  readonly course: Exclude<Course, 'replay' | 'miss'>;
  readonly api: Recording['api'];
  readonly key: string;
  readonly request: JsonObject;
}

export interface Missing {
  readonly kind: 'missing';
  readonly cassette: string;
  /** For the one who sent the request. */
  readonly message: string;
}

export interface KeptAnswer {
  readonly response: RawResponse;
  /** Milliseconds since 1970: when the request was sent. */
  readonly startedAt: number;
  /** What may never reach the disk: the credentials of the request. */
  readonly credentials: readonly Credential[];
}

export type Kept =
  | { readonly kind: 'kept'; readonly path: string; readonly id: string }
  | { readonly kind: 'skipped' | 'refused'; readonly reason: string };

export interface Inserted {
  readonly path: string;
  readonly cassette: Cassette;
}

export interface Used {
  readonly cassette: string;
  readonly path: string;
  readonly recordings: readonly Recording[];
  /** The ids of those that were played or recorded in this run. */
  readonly played: ReadonlySet<string>;
  /** All the others. */
  readonly unused: readonly Recording[];
}

export interface DeckOptions {
  readonly store: CassetteStore;
  readonly heading: Omit<Heading, 'match'>;
  readonly rules?: MatchRules;
  readonly secrets: Secrets;
  /** Whether errors are recorded; a refused key never is. */
  readonly recordFailed?: boolean;
  readonly expiry?: Expiry | undefined;
  /** Gets what a user should know, once. */
  readonly notify?: (message: string) => void;
}

export function createDeck(options: DeckOptions): Deck {
  const { store, heading, rules = noRules, secrets, expiry, notify = () => {} } = options;
  const reels = createReels(store, { rules, onRead: tellStale });
  const told = new Set<string>();
  let writing: Promise<unknown> = Promise.resolve();

  async function find({ cassette, mode, api, body }: Asking): Promise<Found> {
    const reel = await reels.open(cassette);
    const request = normalise(redactRequest(body, secrets), reel.rules);
    const asked = { api, endpoint: endpoints[api], request };
    const key = await keyOf(asked);
    const recordings = reel.tape?.byKey.get(key) ?? [];
    const expired = expiry && recordings.map((one) => explainAge(one, expiry)).find(Boolean);
    const renews = expired !== undefined && expiry?.policy === 'rerecord' && mode !== 'none';
    const course = chooseCourse(renews ? 'all' : mode, {
      isKnown: recordings.length > 0,
      isNewCassette: reel.isNew,
      isFresh: reel.fresh.has(key),
    });
    if (course === 'miss') {
      const miss = explainMiss(reel.tape?.cassette.recordings ?? [], asked);
      return { kind: 'missing', cassette, message: tellMiss(miss, cassette, asked) };
    }
    if (course !== 'replay') return { kind: 'live', cassette, course, api, key, request };
    if (expired !== undefined && expiry?.policy === 'fail') {
      return { kind: 'missing', cassette, message: expired };
    }
    if (expired !== undefined) tellOnce(expired);
    return { kind: 'recordings', cassette, key, recordings, reel };
  }

  function tellStale(name: string, cassette: Cassette): void {
    const misfits = listMisfits(cassette, heading.contractHash);
    if (misfits.length === 0) return;
    tellOnce(tellMisfits(store.pathOf(name), misfits, cassette.recordings.length), `stale ${name}`);
  }

  function tellOnce(message: string, occasion = message): void {
    if (told.has(occasion)) return;
    told.add(occasion);
    notify(message);
  }

  /** One after the other. */
  function keep(live: Live, answer: KeptAnswer): Promise<Kept> {
    const kept = writing.then(() => write(live, answer));
    writing = kept.catch(() => undefined);
    return kept;
  }

  async function write(
    live: Live,
    { response, startedAt, credentials }: KeptAnswer,
  ): Promise<Kept> {
    const { cassette, api, key, request } = live;
    const skipped = explainSkipped(live, response, options);
    if (skipped !== undefined) return { kind: 'skipped', reason: skipped };

    const path = store.pathOf(cassette);
    const recording: Recording = {
      id: 'new',
      recordedAt: new Date(startedAt).toISOString(),
      api,
      endpoint: endpoints[api],
      key,
      request,
      response: redactResponse(capture(response), secrets),
    };
    const { findings, notices } = scan(recording, { credentials });
    for (const notice of notices) tellOnce(notice);
    if (findings.length > 0) {
      return { kind: 'refused', reason: tellRefusal(path, findings, 'the recording') };
    }
    return { kind: 'kept', path, id: await add(live, recording) };
  }

  async function add({ cassette, course }: Live, recording: Recording): Promise<string> {
    const { fresh, played } = await reels.open(cassette);
    const replaces = course === 'replace' && !fresh.has(recording.key);
    let id = '';
    await store.change(cassette, (before) => {
      const match = mergeRules(before?.match, rules);
      const added = addRecording(before, recording, { heading: { ...heading, match }, replaces });
      ({ id } = added);
      return added.cassette;
    });
    fresh.add(recording.key);
    played.add(id);
    return id;
  }

  function insert(cassette: string, exchanges: readonly CleanExchange[]): Promise<Inserted> {
    const inserted = writing.then(() => writeAll(cassette, exchanges));
    writing = inserted.catch(() => undefined);
    return inserted;
  }

  async function writeAll(name: string, exchanges: readonly CleanExchange[]): Promise<Inserted> {
    const { tape, fresh, played } = await reels.open(name);
    const match = mergeRules(tape?.cassette.match, rules);
    const cassette = await makeCassette(exchanges, { ...heading, match });
    await store.change(name, (before) =>
      addRecordings(before, cassette.recordings, { ...heading, match }),
    );
    for (const { key, id } of cassette.recordings) {
      fresh.add(key);
      played.add(id);
    }
    return { path: store.pathOf(name), cassette };
  }

  async function list(): Promise<readonly Used[]> {
    await writing;
    const used = await reels.list();
    const now = await Promise.all(used.map(({ cassette }) => reels.open(cassette)));
    return now.map(({ cassette, tape, played }) => {
      const recordings = tape?.cassette.recordings ?? [];
      const unused = recordings.filter(({ id }) => !played.has(id));
      return { cassette, path: store.pathOf(cassette), recordings, played, unused };
    });
  }

  async function prune(): Promise<void> {
    for (const { cassette, unused } of await list()) {
      const gone = new Set(unused.map(({ id }) => id));
      if (gone.size === 0) continue;
      await store.change(cassette, (before) => {
        const recordings = (before?.recordings ?? []).filter(({ id }) => !gone.has(id));
        return before && recordings.length > 0 ? { ...before, recordings } : undefined;
      });
    }
  }

  return {
    find,
    play: ({ reel }, { id }) => void reel.played.add(id),
    keep,
    insert,
    list,
    prune,
  };
}

/** Why an answer is not recorded; nothing when it is. */
function explainSkipped(
  { course }: Live,
  { status, isCut }: RawResponse,
  { recordFailed = false }: Pick<DeckOptions, 'recordFailed'>,
): string | undefined {
  if (course === 'forward') return 'what passes through is not recorded.';
  if (status === 401 || status === 403) {
    return `the upstream refused the key (${status}). Set LONGCAT_API_KEY to a key of the upstream.`;
  }
  if (recordFailed) return undefined;
  const remedy = 'Record such answers with --record-failed.';
  if (isCut) return `the upstream broke the connection before the end. ${remedy}`;
  return status < 400 ? undefined : `the answer is an error (${status}). ${remedy}`;
}
