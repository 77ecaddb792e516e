import { sessionKeyPrefix } from '../contract/credentials.ts';

/** What the official OpenAI client takes. */
export interface OpenAIConnection {
  readonly baseURL: string;
  readonly apiKey: string;
  /** Of a mock without a port. */
  readonly fetch?: typeof globalThis.fetch;
}

/** What the official Anthropic client takes. LongCat reads no `x-api-key`: hence the null. */
export interface AnthropicConnection {
  readonly baseURL: string;
  readonly authToken: string;
  readonly apiKey: null;
  readonly fetch?: typeof globalThis.fetch;
}

/** The variables that clients and applications read. */
export interface Environment extends Readonly<Record<string, string>> {
  readonly OPENAI_BASE_URL: string;
  readonly OPENAI_API_KEY: string;
  readonly ANTHROPIC_BASE_URL: string;
  readonly ANTHROPIC_AUTH_TOKEN: string;
  readonly LONGCAT_BASE_URL: string;
  readonly LONGCAT_API_KEY: string;
}

export interface Connections {
  openai(): OpenAIConnection;
  anthropic(): AnthropicConnection;
  env(): Environment;
  /** For a client that can be given headers and no address. */
  headers(): Readonly<Record<string, string>>;
}

/**
 * How clients reach a session. The path names it, whatever key they send, and the key is one that
 * every mock accepts.
 */
export function createConnections(
  url: string,
  session: string,
  fetch?: typeof globalThis.fetch,
): Connections {
  const base = `${url}/s/${session}`;
  const [openaiUrl, anthropicUrl] = [`${base}/openai/v1`, `${base}/anthropic`];
  const key = `${sessionKeyPrefix}${session}`;
  const inProcess = fetch && { fetch };

  return {
    openai: () => ({ baseURL: openaiUrl, apiKey: key, ...inProcess }),
    anthropic: () => ({ baseURL: anthropicUrl, authToken: key, apiKey: null, ...inProcess }),
    env: () => ({
      OPENAI_BASE_URL: openaiUrl,
      OPENAI_API_KEY: key,
      ANTHROPIC_BASE_URL: anthropicUrl,
      ANTHROPIC_AUTH_TOKEN: key,
      LONGCAT_BASE_URL: base,
      LONGCAT_API_KEY: key,
    }),
    headers: () => ({ 'x-longcat-mock-session': session }),
  };
}
