import type { QuirkSettings } from '../contract/quirks.ts';
import type { RecordMode } from '../recording/mode.ts';
import { createLayer, type Layer } from '../scenario/shelf.ts';
import type { Timekeeper } from './clock.ts';

/** What belongs to one test, besides its state: what its answers are made by. */
export interface Session {
  readonly name: string;
  /** The scenario it has chosen. */
  readonly scenario?: string | undefined;
  readonly seed?: string | undefined;
  readonly quirks: Partial<QuirkSettings>;
  /** Fixtures of its own, which no other session sees. */
  readonly overrides: Layer;
  /** Ids of fixtures that answer others, and not this session: it has changed or deleted them. */
  readonly hidden?: ReadonlySet<string> | undefined;
  /** The name of the cassette that it records to and replays from. */
  readonly cassette?: string | undefined;
  readonly recordMode?: RecordMode | undefined;
  readonly clock: Timekeeper;
  /** Whether an answer depends on what was asked before, so that losing it has to be told. */
  readonly hasHistory: boolean;
  /** Milliseconds, by the mock's own clock; moves with every use. */
  usedAt: number;
}

export type SessionChanges = Partial<Omit<Session, 'name' | 'usedAt'>>;

export interface Sessions {
  /** The session of that name, made when it is new; once `evicted` when it was dropped. */
  open(name: string): Session | 'evicted';
  change(name: string, changes: SessionChanges): Session;
  find(name: string): Session | undefined;
  list(): readonly Session[];
  /** Whether there was one. */
  remove(name: string): boolean;
}

export interface SessionOptions {
  readonly clock: Timekeeper;
  readonly onDrop: (name: string) => void;
  readonly mostSessions?: number;
  readonly idleMs?: number;
}

export const defaultSession = 'default';
const noFixtures = createLayer([]);
const mostMemories = 10_000;

/** The sessions of a server. One that idles long, or the least recently used of too many, goes. */
export function createSessions({
  clock,
  onDrop,
  mostSessions = 1000,
  idleMs = 10 * 60 * 1000,
}: SessionOptions): Sessions {
  const sessions = new Map<string, Session>();
  /** The names of those dropped, until their next use. */
  const dropped = new Set<string>();
  let newest: Session | undefined;

  function open(name: string): Session | 'evicted' {
    if (dropped.delete(name)) return 'evicted';
    return keep(sessions.get(name) ?? create(name));
  }

  function create(name: string): Session {
    return { name, quirks: {}, overrides: noFixtures, clock, hasHistory: false, usedAt: 0 };
  }

  /** The most recently used is the last; mostly it is the one before that asks again. */
  function keep(session: Session): Session {
    session.usedAt = clock.elapsed();
    if (session === newest) return session;
    newest = session;
    const isNew = !sessions.delete(session.name);
    sessions.set(session.name, session);
    if (isNew) dropIdle();
    return session;
  }

  function dropIdle(): void {
    const oldest = clock.elapsed() - idleMs;
    for (const { name, usedAt } of sessions.values()) {
      if (sessions.size <= mostSessions && usedAt >= oldest) return;
      if (name !== defaultSession) drop(name);
    }
  }

  function drop(name: string): void {
    const session = sessions.get(name);
    if (session && isMissed(session)) dropped.add(name);
    if (dropped.size > mostMemories) dropped.delete([...dropped][0] ?? name);
    release(name);
    onDrop(name);
  }

  /** Whether without it the next answer would be another one. */
  function isMissed({ hasHistory, quirks, overrides, ...session }: Session): boolean {
    const { scenario, seed, hidden, cassette, recordMode } = session;
    return (
      hasHistory ||
      [scenario, seed, hidden, cassette, recordMode].some((choice) => choice !== undefined) ||
      Object.keys(quirks).length > 0 ||
      overrides !== noFixtures ||
      session.clock !== clock
    );
  }

  /** Requests that wait for a clock which nobody moves any more would wait for ever. */
  function release(name: string): boolean {
    const session = sessions.get(name);
    session?.clock.release?.();
    if (session === newest) newest = undefined;
    return sessions.delete(name);
  }

  return {
    open,
    change(name, changes) {
      dropped.delete(name);
      const session = sessions.get(name) ?? create(name);
      if (changes.clock && changes.clock !== session.clock) session.clock.release?.();
      return keep({ ...session, ...changes });
    },
    find: (name) => sessions.get(name),
    list: () => [...sessions.values()],
    remove(name) {
      dropped.delete(name);
      const existed = release(name);
      onDrop(name);
      return existed;
    },
  };
}
