import { sessionKeyPrefix } from '../contract/credentials.ts';
import type { Wishes } from '../engine/question.ts';
import { defaultSession } from '../engine/session.ts';

export interface SessionName {
  readonly name: string;
  /** Whether the request named it. */
  readonly isNamed: boolean;
}

const longestName = 200;

/** The session that a request belongs to: by a header, else its path, else its key. */
export function readSession(
  headers: Headers,
  { path, key = '' }: { readonly path?: string | undefined; readonly key?: string | undefined },
): SessionName {
  const named = headers.get('x-longcat-mock-session') || path || readKey(key).session;
  return { name: named?.slice(0, longestName) || defaultSession, isNamed: Boolean(named) };
}

/** What a request wants of the mock: by a header of ours, by `Prefer` (RFC 7240), by its key. */
export function readWishes(headers: Headers, key: string): Wishes {
  const header = headers.get('x-longcat-mock-scenario');
  const preferred = headers.get('prefer');
  const cassette = headers.get('x-longcat-mock-cassette');
  const { scenario } = readKey(key);
  if ((header ?? preferred ?? scenario ?? cassette) == null) return noWishes;
  const prefer = readPreferences(preferred);
  const example = prefer.get('example');
  return {
    ...(header && { scenario: { name: header, by: 'header' } }),
    ...(!header && example && { scenario: { name: example, by: 'prefer' } }),
    ...(!header && !example && scenario && { scenario: { name: scenario, by: 'key' } }),
    ...(!header && prefer.has('code') && { code: Number(prefer.get('code')) }),
    ...(prefer.has('seed') && { seed: prefer.get('seed') }),
    ...(cassette && { cassette: cassette.slice(0, longestName) }),
  };
}

const noWishes: Wishes = {};

/** A key such as `lcmock_worker-1.rate-limit` names a session and maybe a scenario. */
function readKey(key: string): { readonly session?: string; readonly scenario?: string } {
  if (!key.startsWith(sessionKeyPrefix)) return {};
  const [session = '', ...rest] = key.slice(sessionKeyPrefix.length).split('.');
  const scenario = rest.join('.');
  return { ...(session && { session }), ...(scenario && { scenario }) };
}

function readPreferences(header: string | null): ReadonlyMap<string, string> {
  if (header === null) return new Map();
  const preferences = header.split(/[,;]/).flatMap((preference) => {
    const [name = '', value = ''] = preference.split('=', 2);
    const bare = value.trim().replace(/^"(.*)"$/, '$1');
    return bare === '' ? [] : [[name.trim().toLowerCase(), bare] as const];
  });
  return new Map(preferences);
}
