import type { Config } from '../config.ts';

const patienceMs = 2000;

/** Asks the mock that this configuration would start whether it is up. 0 for yes, 1 for no. */
export async function health({ host, port }: Pick<Config, 'host' | 'port'>): Promise<number> {
  const reachable = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host;
  const url = `http://${reachable.includes(':') ? `[${reachable}]` : reachable}:${port}/health`;
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(patienceMs) });
    const body = await response.text();
    if (response.ok && body.includes('"longcat-mock"')) {
      process.stdout.write(`${body}\n`);
      return 0;
    }
    process.stderr.write(`${url} answered ${response.status}, and not as longcat-mock does.\n`);
  } catch (error) {
    const reason = error instanceof Error && error.name === 'TimeoutError' ? 'in time' : 'at all';
    process.stderr.write(
      `No longcat-mock answers ${reason} at ${url}. Set the port with --port.\n`,
    );
  }
  return 1;
}
