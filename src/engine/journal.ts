import { append, type Chain, type Drawer, type Link, takeOldest } from './chain.ts';
import { type Entry, type Note, readNote, type Told } from './entry.ts';

export interface JournalOptions {
  /** Entries of one session. */
  readonly mostEntries?: number | undefined;
  /** Entries of all sessions together. */
  readonly mostInAll?: number | undefined;
  /** Of bodies and answered texts, of all sessions together; in characters, near enough. */
  readonly mostBytes?: number | undefined;
}

export interface JournalQuery {
  /** Absent for all sessions. */
  readonly session?: string | undefined;
  /** The first moment, in milliseconds since 1970. */
  readonly since?: number | undefined;
  /** How many, the newest of them. */
  readonly limit?: number | undefined;
  readonly unmatched?: boolean | undefined;
  readonly fixture?: string | undefined;
}

/** What becomes known of an answer after it has begun. */
export type Amendment = Partial<
  Pick<Entry, 'status' | 'usage' | 'text' | 'thinking' | 'callIds' | 'end' | 'endedAt'>
>;

/** Requests of a session: `seen` since it was last cleared, `kept` of those. */
export interface Counts {
  readonly seen: number;
  readonly kept: number;
}

export interface Journal {
  /** `bytes`: the length of the body's text. */
  add(entry: Note | Entry, bytes: number): void;
  /** Nothing when the entry has gone. */
  amend(session: string, id: string, changes: Amendment): void;
  /** In the order in which they arrived. */
  list(query?: JournalQuery): readonly Entry[];
  find(id: string): Entry | undefined;
  count(session: string): Counts;
  /** Of all sessions when none is named. The counts begin again. */
  clear(session?: string): void;
  /** Calls back, at once, with each entry that is added. What it returns ends that. */
  onAdd(listener: (entry: Told) => void): () => void;
}

/** Characters; of a longer body only the entry is kept. */
export const largestBody = 256 * 1024;

/** What was asked and answered, within bounds: the oldest goes first, and that it went is counted. */
export function createJournal(options: JournalOptions = {}): Journal {
  const { mostEntries = 1000, mostInAll = 10_000, mostBytes = 64 * 1024 * 1024 } = options;
  const drawers = new Map<string, Drawer>();
  const listeners = new Set<(entry: Told) => void>();
  const chain: Chain = { kept: 0, bytes: 0 };

  function add(given: Note | Entry, bytes: number): void {
    const isLarge = bytes > largestBody;
    const note = isLarge && 'body' in given ? omitBody(given) : given;
    const drawer = drawerOf(note.session);
    append(chain, {
      note,
      changes: undefined,
      bytes: (isLarge ? 0 : bytes) + (note.text?.length ?? 0),
      drawer,
      older: undefined,
      newer: undefined,
      next: undefined,
    });
    if (drawer.kept > mostEntries) takeOldest(chain, drawer);
    shrink();
    for (const listener of listeners) listener(note);
  }

  function drawerOf(session: string): Drawer {
    const known = drawers.get(session);
    if (known) return known;
    const drawer: Drawer = { seen: 0, kept: 0 };
    drawers.set(session, drawer);
    return drawer;
  }

  function shrink(): void {
    while (chain.kept > mostInAll || chain.bytes > mostBytes) {
      if (!chain.oldest || chain.oldest === chain.newest) return;
      takeOldest(chain, chain.oldest.drawer); // the oldest of all is the oldest of its session
    }
  }

  /**
   * From the newest on: what is asked for is nearly always among the last. A Map of ids costs every
   * request more than this does the few. After a session's reset an id may come again: the younger
   * entry owns it.
   */
  function find(id: string): Link | undefined {
    let link = chain.newest;
    while (link && link.note.id !== id) link = link.older;
    return link;
  }

  function amend(session: string, id: string, changes: Amendment): void {
    const link = find(id);
    if (link?.note.session !== session) return;
    const before = textOf(link).length;
    link.changes = { ...link.changes, ...changes };
    const grown = textOf(link).length - before;
    link.bytes += grown;
    chain.bytes += grown;
    if (grown > 0) shrink();
  }

  function list({ session, limit, ...query }: JournalQuery = {}): readonly Entry[] {
    const entries: Entry[] = [];
    let link = session === undefined ? chain.oldest : drawers.get(session)?.oldest;
    while (link) {
      if (isWanted(link.note, query)) entries.push(read(link));
      link = session === undefined ? link.newer : link.next;
    }
    return limit === undefined ? entries : entries.slice(Math.max(0, entries.length - limit));
  }

  function clear(session?: string): void {
    const names = session === undefined ? [...drawers.keys()] : [session];
    for (const name of names) {
      const drawer = drawers.get(name);
      while (drawer?.oldest) takeOldest(chain, drawer);
      drawers.delete(name);
    }
  }

  return {
    add,
    amend,
    list,
    find: (id) => {
      const link = find(id);
      return link && read(link);
    },
    count: (session) => {
      const { seen, kept } = drawers.get(session) ?? { seen: 0, kept: 0 };
      return { seen, kept };
    },
    clear,
    onAdd: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** An entry with what became known of its answer. */
function read({ note, changes }: Link): Entry {
  const whole = changes ? { ...note, ...changes } : note;
  return 'held' in whole ? readNote(whole) : whole;
}

function textOf({ note, changes }: Link): string {
  return changes?.text ?? note.text ?? '';
}

function omitBody({ body, ...entry }: Entry): Entry {
  return body === undefined ? entry : { ...entry, bodyOmitted: true };
}

function isWanted(
  entry: Told,
  { since, unmatched, fixture }: Omit<JournalQuery, 'session' | 'limit'>,
): boolean {
  return (
    (since === undefined || entry.at >= since) &&
    (unmatched === undefined || entry.unmatched === unmatched) &&
    (fixture === undefined || entry.fixture === fixture)
  );
}
