import { fileURLToPath } from 'node:url';
import { writePlace } from './place.ts';

export interface LongCatServerOptions {
  /** 4010 by default: the application under test has to know it beforehand. */
  readonly port?: number;
  /** Fixture files, and folders of them; by default the `*.longcat.yaml` in `./longcat-mock`. */
  readonly fixtures?: readonly string[];
  /** The scenario of every request that selects none. */
  readonly scenario?: string;
  readonly seed?: string;
  readonly onUnmatched?: 'error' | 'dynamic';
  /** Origins whose pages may call the mock from the browser. */
  readonly corsOrigins?: readonly string[];
  /** Refuse requests that name no session. */
  readonly requireSession?: boolean;
}

/** An entry of `webServer` in Playwright's configuration. */
export interface WebServer {
  readonly command: string;
  readonly url: string;
  readonly name: string;
  readonly reuseExistingServer: boolean;
  readonly gracefulShutdown: { readonly signal: 'SIGTERM'; readonly timeout: number };
}

/**
 * A mock at a port that is known beforehand, for an application that Playwright starts, too. The
 * tests find it by LONGCAT_MOCK_URL, which this sets.
 */
export function longcatServer(options: LongCatServerOptions = {}): WebServer {
  const { port = 4010 } = options;
  const url = `http://127.0.0.1:${port}`;
  writePlace({ url });
  const command = [process.execPath, commandPath(), ...listFlags({ ...options, port })];
  return {
    command: command.map((word) => JSON.stringify(word)).join(' '),
    url: `${url}/ready`,
    name: 'longcat-mock',
    reuseExistingServer: !process.env['CI'],
    gracefulShutdown: { signal: 'SIGTERM', timeout: 3000 },
  };
}

/** As seen from dist/, where this is bundled. */
function commandPath(): string {
  return fileURLToPath(new URL('./cli.js', import.meta.url));
}

function listFlags(options: LongCatServerOptions): readonly string[] {
  const { port, fixtures = [], scenario, seed, onUnmatched } = options;
  const { corsOrigins = [], requireSession = false } = options;
  return [
    ...['--port', String(port)],
    ...fixtures.flatMap((path) => ['--fixtures', path]),
    ...(scenario === undefined ? [] : ['--scenario', scenario]),
    ...(seed === undefined ? [] : ['--seed', seed]),
    ...(onUnmatched === undefined ? [] : ['--on-unmatched', onUnmatched]),
    ...corsOrigins.flatMap((origin) => ['--cors-origin', origin]),
    ...(requireSession ? ['--require-session'] : []),
  ];
}
