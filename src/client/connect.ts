import { MockError } from '../errors.ts';
import { createAsk } from './ask.ts';
import { createSessions, type LongCatSessions } from './sessions.ts';

/** Kept, as tests put others in its place. */
const { fetch } = globalThis;

export interface ConnectOptions {
  /** Such as `http://127.0.0.1:4010`. */
  readonly url: string;
  /** What the mock's admin API wants to be shown, if anything. */
  readonly adminToken?: string | undefined;
}

/** A mock in another process, or on another machine. */
export interface ConnectedLongCatMock extends LongCatSessions {
  readonly url: string;
  /** The base URL for the OpenAI clients. */
  readonly openaiUrl: string;
  /** The base URL for the Anthropic clients. */
  readonly anthropicUrl: string;
}

/**
 * Connects to a mock that was started with the command, or by another process.
 *
 * @throws MockError `invalid-config`, or `cannot-connect` when no mock is there
 */
export async function connectLongCatMock({
  url: given,
  adminToken,
}: ConnectOptions): Promise<ConnectedLongCatMock> {
  const url = parseUrl(given);
  const carrier = { url, adminToken, fetch };
  await createAsk(carrier)('GET', { path: '/version' });
  // Others may be connected, too: their sessions have other names.
  const prefix = `session-${crypto.randomUUID().slice(0, 8)}`;
  return {
    url,
    openaiUrl: `${url}/openai/v1`,
    anthropicUrl: `${url}/anthropic`,
    ...createSessions({ ...carrier, prefix, isOwn: false }),
  };
}

function parseUrl(given: string): string {
  const { protocol, origin } = URL.canParse(given) ? new URL(given) : { protocol: '', origin: '' };
  if (protocol === 'http:' || protocol === 'https:') return origin;
  const message = `Invalid address "${given}" of a mock: expected a URL such as http://127.0.0.1:4010.`;
  throw new MockError('invalid-config', message);
}
