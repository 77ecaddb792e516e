import { defaultSession, type Session } from '../engine/session.ts';
import { createLayer } from '../scenario/shelf.ts';
import type { Refusal } from './handler.ts';
import type { AdminSettings } from './settings.ts';

/** A session as it is, or as it would be if it were used. */
export function peekSession(name: string, { engine }: Pick<AdminSettings, 'engine'>): Session {
  const { clock, sessions } = engine;
  const unused = { name, quirks: {}, overrides: createLayer([]), clock, hasHistory: false };
  return sessions.find(name) ?? { ...unused, usedAt: 0 };
}

const restMs = 10_000;

/** The sessions, besides the default one and the caller's, that are most likely in a test. */
export function findOthersAtWork(
  { engine }: Pick<AdminSettings, 'engine'>,
  own: string | null,
): readonly string[] {
  const { clock, sessions } = engine;
  return sessions
    .list()
    .filter(({ name }) => name !== defaultSession && name !== own)
    .filter(({ usedAt }) => clock.elapsed() - usedAt < restMs)
    .map(({ name }) => name);
}

/** Refuses what would pull the rug from under others. */
export function refuseWhileOthersWork(
  settings: Pick<AdminSettings, 'engine'>,
  { headers, query }: { headers: Headers; query: { readonly force?: boolean | undefined } },
): Refusal | undefined {
  if (query.force) return undefined;
  const others = findOthersAtWork(settings, headers.get('x-longcat-mock-session'));
  if (others.length === 0) return undefined;
  const names = others.map((name) => `"${name}"`).join(', ');
  const message = `Other sessions were active in the last 10 s: ${names}. Name yours with ?session=, or insist with ?force=true.`;
  return { status: 409, code: 'sessions_active', message };
}
