import { formatUrl } from '../../http/address.ts';
import type { Config } from '../config.ts';

const patienceMs = 2000;

/** Asks the mock that this configuration would start whether it is up. 0 for yes, 1 for no. */
export async function health({ host, port }: Pick<Config, 'host' | 'port'>): Promise<number> {
  const url = `${formatUrl(host, port)}/health`;
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(patienceMs) });
    const body = await response.text();
    if (response.ok && body.includes('"longcat-mock"')) {
      process.stdout.write(`${body}\n`);
      return 0;
    }
    process.stderr.write(`${url} answered ${response.status}, and not as longcat-mock does.\n`);
  } catch (error) {
    const late = error instanceof Error && error.name === 'TimeoutError' ? ' in time' : '';
    const words = `No longcat-mock answers${late} at ${url}. Set the port with --port.`;
    process.stderr.write(`${words}\n`);
  }
  return 1;
}
