import { connectLongCatMock } from '../client/connect.ts';
import type { LongCatSessions } from '../client/sessions.ts';
import type { ListeningOptions } from '../options.ts';

/** Where a mock is, as one process tells another. */
export interface MockPlace {
  readonly url: string;
  readonly adminToken?: string | undefined;
}

/** The mock that tests share. */
export interface TestMock extends LongCatSessions, MockPlace {
  /** Ends it, if it is the tests' own. */
  close(): Promise<void>;
}

/**
 * The mock that is there already, else one of the tests' own, on a free port.
 *
 * @throws MockError when it cannot be reached, or cannot start
 */
export async function openMock(
  options: ListeningOptions = {},
  place: MockPlace | undefined = readPlace(),
): Promise<TestMock> {
  if (place) return { ...place, ...(await connectLongCatMock(place)), close: async () => {} };
  const { startLongCatMock } = await import('../mock.ts');
  return startLongCatMock({ port: 0, notify: tellDeveloper, ...options });
}

const urlVariable = 'LONGCAT_MOCK_URL';
const tokenVariable = 'LONGCAT_MOCK_ADMIN_TOKEN';

export function readPlace(): MockPlace | undefined {
  const { [urlVariable]: url, [tokenVariable]: adminToken } = process.env;
  return url ? { url, adminToken } : undefined;
}

/** For the processes that are started from now on. */
export function writePlace({ url, adminToken }: MockPlace): void {
  process.env[urlVariable] = url;
  if (adminToken !== undefined) process.env[tokenVariable] = adminToken;
}

export function erasePlace(): void {
  delete process.env[urlVariable];
}

function tellDeveloper(message: string): void {
  process.stderr.write(`longcat-mock: ${message}\n`);
}
