import { MockError } from '../../errors.ts';
import { type Checked, checkRecording } from '../../recording/drift/check.ts';
import { chooseKey } from '../../recording/upstream/headers.ts';
import { createUpstream, type Upstream, type UpstreamOptions } from '../../recording/upstream.ts';
import { type Entry, readEntries } from '../drift/entries.ts';
import { renderReport, toEntry, toReport } from '../drift/report.ts';
import type { Streams } from '../streams.ts';

export interface DriftOptions extends Pick<UpstreamOptions, 'environment' | 'lookup'> {
  /** The folder. */
  readonly cassettes: string;
  /** The URL to ask. */
  readonly target: string;
  readonly apiKey?: string | undefined;
  readonly allowPrivate: boolean;
  readonly format: 'text' | 'json';
  readonly maxRequests?: number | undefined;
  /** Cassettes and recordings by name; none for all. */
  readonly only: readonly string[];
}

/**
 * Asks a live API again what was recorded, one request at a time, and tells where its answers
 * have another structure. 0 when all have the same, 1 when one has not or could not be checked.
 */
export async function drift(options: DriftOptions, { out, err }: Streams): Promise<number> {
  const { target, maxRequests = Number.POSITIVE_INFINITY } = options;
  const upstream = openTarget(options);
  try {
    const entries = await readEntries(options.cassettes, options.only);
    const checked = [];
    for (const [index, entry] of entries.entries()) {
      const isAsked = index < maxRequests;
      if (isAsked) err.write(`${index + 1} of ${entries.length}: ${showName(entry)}\n`);
      const result = isAsked ? await check(entry, upstream) : leaveOut(maxRequests);
      checked.push(toEntry(entry, result));
    }
    const report = toReport(target, checked);
    out.write(
      options.format === 'json' ? `${JSON.stringify(report, null, 2)}\n` : renderReport(report),
    );
    return report.summary.ok === entries.length ? 0 : 1;
  } finally {
    await upstream.close();
  }
}

function openTarget({ target, apiKey: given, environment, ...rest }: DriftOptions): Upstream {
  const apiKey = chooseKey(given, environment['LONGCAT_API_KEY']);
  const { allowPrivate, lookup } = rest;
  const options = { origin: target, flag: '--target', environment, allowPrivate, apiKey, lookup };
  const upstream = createUpstream(options);
  if (apiKey !== undefined) return upstream;
  const message = `There is no key for "${target}": set LONGCAT_API_KEY, or give one with --api-key. (A key that begins with lcmock_ is a mock’s.)`;
  throw new MockError('invalid-config', message);
}

function check({ recording, match }: Entry, upstream: Upstream): Promise<Checked> {
  return checkRecording(recording, { upstream, match });
}

function leaveOut(maxRequests: number): Checked {
  return { findings: [], unchecked: `It was not asked: --max-requests is ${maxRequests}.` };
}

function showName({ cassette, recording }: Entry): string {
  return `${cassette} ${recording.id}`;
}
