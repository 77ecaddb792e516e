/** What belongs to one test. */
export interface Session {
  readonly name: string;
  /** How often this very request was asked before in the session, from 0. */
  nextOrdinal(request: number): number;
}

const mostRequests = 2000;

export function createSession(name: string): Session {
  const asked = new Map<number, number>();

  /** A request asked again moves to the young end; the one not asked for longest is forgotten. */
  function nextOrdinal(request: number): number {
    const ordinal = asked.get(request) ?? 0;
    asked.delete(request);
    asked.set(request, ordinal + 1);
    if (asked.size > mostRequests) asked.delete(asked.keys().next().value as number); // not empty
    return ordinal;
  }

  return { name, nextOrdinal };
}

export interface Sessions {
  get(name: string): Session;
}

const mostSessions = 1000;

/** The sessions of a server, made when first named; the least recently used one goes first. */
export function createSessions(): Sessions {
  const sessions = new Map<string, Session>();

  function get(name: string): Session {
    const session = sessions.get(name) ?? createSession(name);
    sessions.delete(name);
    sessions.set(name, session);
    if (sessions.size > mostSessions) sessions.delete(sessions.keys().next().value as string); // not empty
    return session;
  }

  return { get };
}
