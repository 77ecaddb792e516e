import type { ErrorAnswer } from '../admin/schema/common.ts';
import { MockError, type MockErrorCode } from '../errors.ts';

/** How a mock is reached: in process, or at an address. */
export interface Carrier {
  /** Without a slash at its end. */
  readonly url: string;
  readonly adminToken?: string | undefined;
  readonly fetch: typeof globalThis.fetch;
}

export interface Asking {
  /** A path under `/__admin`. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  /** Statuses that are an answer, and no refusal. */
  readonly expected?: readonly number[];
}

export type Ask = <Answer>(method: string, asking: Asking) => Promise<Answer>;

/** Asks the admin API of a mock; what it refuses is thrown in its own words. */
export function createAsk(carrier: Carrier): Ask {
  return async function ask<Answer>(method: string, asking: Asking): Promise<Answer> {
    const { path, query = {}, body, expected = [] } = asking;
    const url = new URL(`${carrier.url}/__admin${path}`);
    url.search = new URLSearchParams(query).toString();
    const response = await send(carrier, url, {
      method,
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const answer = await readAnswer(response, carrier);
    if (response.ok || expected.includes(response.status)) return answer as Answer; // of our own API
    throw toError(response, answer, carrier);
  };
}

async function send(
  { url, adminToken, fetch }: Carrier,
  target: URL,
  init: RequestInit,
): Promise<Response> {
  const headers = new Headers();
  if (adminToken !== undefined) headers.set('x-longcat-mock-admin-token', adminToken);
  try {
    return await fetch(target, { ...init, headers });
  } catch (cause) {
    const message = `No mock answers at ${url}: ${tellCause(cause)}. Start one there with "longcat-mock", or leave LONGCAT_MOCK_URL unset for one of the tests' own.`;
    throw new MockError('cannot-connect', message, { cause });
  }
}

/** `fetch failed` says nothing: its cause does. */
function tellCause(error: unknown): string {
  const { message, cause } = error as Error; // fetch rejects with errors alone
  return cause instanceof Error && cause.message !== '' ? cause.message : message;
}

async function readAnswer(response: Response, { url }: Carrier): Promise<unknown> {
  const text = await response.text();
  try {
    return JSON.parse(text);
  } catch (cause) {
    const message = `What answers at ${url} is no longcat-mock: ${response.status} ${JSON.stringify(text.slice(0, 80))}.`;
    throw new MockError('cannot-connect', message, { cause });
  }
}

const codes: Readonly<Record<string, MockErrorCode>> = {
  invalid_fixtures: 'invalid-fixture',
  unknown_scenario: 'unknown-scenario',
  unauthorized: 'cannot-connect',
};

function toError({ status }: Response, answer: unknown, { url }: Carrier): MockError {
  const { error } = answer as Partial<ErrorAnswer>;
  if (typeof error?.message !== 'string') {
    const message = `What answers at ${url} is no longcat-mock, or has no admin API: ${status}.`;
    return new MockError('cannot-connect', message);
  }
  const hint =
    error.code === 'unauthorized'
      ? ' Here, give it as adminToken, or in LONGCAT_MOCK_ADMIN_TOKEN.'
      : '';
  return new MockError(codes[error.code] ?? 'refused', `${tell(error)}${hint}`);
}

/** All problems at once, where there are some. */
function tell({ message, problems = [] }: ErrorAnswer['error']): string {
  const errors = problems.filter(({ severity }) => severity === 'error');
  if (errors.length === 0) return message;
  const lines = errors.map(({ path, message: what, fix }) => {
    const where = path === '' ? '' : `${path}: `;
    return `  ${where}${what}.${fix === undefined ? '' : ` ${fix}`}`;
  });
  return ['The mock refuses what it was given:', ...lines].join('\n');
}
