import { setTimeout as sleep } from 'node:timers/promises';
import { ErrorAnswer } from '../admin/schema/common.ts';
import { MockError } from '../errors.ts';

/** A mock that runs somewhere. */
export interface Remote {
  /** An origin, such as `http://127.0.0.1:4010`. */
  readonly url: string;
  readonly adminToken?: string | undefined;
}

/**
 * The origin of a mock, however it was written.
 *
 * @throws MockError `invalid-config`
 */
export function parseRemote(text: string): string {
  const { protocol = '', origin = '', pathname = '/' } = URL.canParse(text) ? new URL(text) : {};
  if (/^https?:$/.test(protocol) && pathname === '/') return origin;
  const message = `Invalid --to "${text}": expected the address of a mock such as http://127.0.0.1:4010, without a path.`;
  throw new MockError('invalid-config', message);
}

const betweenMs = 100;
const patienceMs = 10_000;

/** Whether a mock is there, asked again and again for so long. */
export async function waitForMock({ url }: Remote, waitMs: number): Promise<boolean> {
  const deadline = AbortSignal.timeout(Math.max(waitMs, 1));
  for (;;) {
    if (await isReady(url, waitMs === 0 ? AbortSignal.timeout(patienceMs) : deadline)) return true;
    const isLate = await sleep(betweenMs, false, { signal: deadline }).catch(() => true);
    if (isLate) return false;
  }
}

async function isReady(url: string, signal: AbortSignal): Promise<boolean> {
  try {
    const response = await fetch(`${url}/ready`, { signal });
    const body = await response.text();
    // Whoever is refused by the guard of names has found a mock, which then says so.
    return response.ok ? body.includes('"longcat-mock"') : body.includes('host_not_allowed');
  } catch {
    return false;
  }
}

export type Posted =
  | { readonly ok: true; readonly answer: unknown }
  | { readonly ok: false; readonly status: number; readonly error: ErrorAnswer['error'] };

/** Posts to the admin API of a mock. A refusal is an answer; a mock that is not there throws. */
export async function postAdmin(
  path: string,
  body: unknown,
  { url, adminToken }: Remote,
): Promise<Posted> {
  const headers = new Headers({ 'content-type': 'application/json' });
  if (adminToken !== undefined) headers.set('x-longcat-mock-admin-token', adminToken);
  const response = await fetch(`${url}/__admin/${path}`, {
    method: 'POST',
    headers,
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(patienceMs),
  });
  const { status, ok } = response;
  const answer: unknown = await response.json().catch(() => undefined);
  if (ok) return { ok, answer };
  const refused = ErrorAnswer.safeParse(answer);
  const message = `${url} answered ${status}, and not as longcat-mock does.`;
  return { ok, status, error: refused.success ? refused.data.error : { code: 'unknown', message } };
}
