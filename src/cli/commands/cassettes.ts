import { relative } from 'node:path';
import { MockError } from '../../errors.ts';
import { parseAge } from '../../recording/age.ts';
import type { Cassette, Recording } from '../../recording/cassette.ts';
import { hashContract } from '../../recording/contract-hash.ts';
import { listMisfits, type Misfit, tellMisfit } from '../../recording/misfits.ts';
import { changeCassette, listCassettes, readCassette } from '../../recording/store.ts';
import { readUses } from '../../recording/uses.ts';
import type { Streams } from '../streams.ts';

export interface CassettesOptions {
  readonly folder: string;
  /** Only recordings older than this: they are pruned, or make the list fail. */
  readonly maxAge?: string | undefined;
  /** Only recordings that have not answered for so long are pruned. */
  readonly unusedFor?: string | undefined;
  /** Whether what would be pruned is only told. */
  readonly dryRun: boolean;
  readonly json: boolean;
  /** Milliseconds since 1970. */
  readonly now: number;
}

interface Row {
  readonly cassette: string;
  readonly recordings: number;
  readonly upstream: string;
  readonly oldest: string | undefined;
  readonly newest: string | undefined;
  /** When one of them last answered, as far as is known on this machine. */
  readonly lastUsed: string | undefined;
  /** The ids of those that are too old. */
  readonly expired: readonly string[];
  /** Those that the contract has outgrown since. */
  readonly misfits: readonly Misfit[];
}

/** Lists cassettes; 1 when a recording is older than it may be. */
export async function cassettes(options: CassettesOptions, { out }: Streams): Promise<number> {
  const contractHash = await hashContract();
  const shelves = await readAll(options);
  const rows = shelves.map((shelved) => toRow(shelved, { ...options, contractHash }));
  out.write(options.json ? `${JSON.stringify(rows, null, 2)}\n` : rows.map(renderRow).join(''));
  return rows.some(({ expired }) => expired.length > 0) ? 1 : 0;
}

/** Takes out what is too old, or has not answered for long. */
export async function pruneCassettes(options: CassettesOptions, { out }: Streams): Promise<number> {
  if (options.maxAge === undefined && options.unusedFor === undefined) {
    const message = 'Say what is to be pruned: --max-age 90d, --unused-for 30d, or both.';
    throw new MockError('invalid-config', message);
  }
  for (const shelved of await readAll(options)) {
    const gone = new Set(listGone(shelved, options).map(({ id }) => id));
    if (gone.size === 0) continue;
    const ids = [...gone].map((id) => `"${id}"`).join(', ');
    out.write(`${shelved.name}: ${options.dryRun ? 'would prune' : 'pruned'} ${ids}\n`);
    if (!options.dryRun) await changeCassette(shelved.path, (before) => without(before, gone));
  }
  return 0;
}

interface Shelved {
  readonly path: string;
  readonly name: string;
  readonly cassette: Cassette;
  readonly uses: Readonly<Record<string, string>>;
}

async function readAll({ folder, ...ages }: CassettesOptions): Promise<readonly Shelved[]> {
  for (const age of [ages.maxAge, ages.unusedFor]) requireAge(age);
  const [paths, uses] = await Promise.all([listCassettes(folder), readUses(folder)]);
  const shelved = await Promise.all(
    paths.map(async (path): Promise<Shelved[]> => {
      const cassette = await readCassette(path);
      const name = relative(folder, path)
        .replaceAll('\\', '/')
        .replace(/\.json$/, '');
      return cassette ? [{ path, name, cassette, uses: uses[name] ?? {} }] : [];
    }),
  );
  return shelved.flat();
}

interface Judging extends Pick<CassettesOptions, 'maxAge' | 'now'> {
  readonly contractHash: string;
}

function toRow({ name, cassette, uses }: Shelved, { maxAge, now, contractHash }: Judging): Row {
  const times = cassette.recordings.map(({ recordedAt }) => recordedAt).toSorted();
  const old = cassette.recordings.filter((recording) => isOlder(recording.recordedAt, maxAge, now));
  return {
    cassette: name,
    recordings: cassette.recordings.length,
    upstream: cassette.upstream,
    oldest: times[0],
    newest: times.at(-1),
    lastUsed: Object.values(uses).toSorted().at(-1),
    expired: old.map(({ id }) => id),
    misfits: listMisfits(cassette, contractHash),
  };
}

function renderRow({
  cassette,
  recordings,
  upstream,
  oldest,
  newest,
  lastUsed,
  expired,
  misfits,
}: Row): string {
  const span = oldest === newest ? day(oldest) : `${day(oldest)} to ${day(newest)}`;
  const count = `${recordings} ${recordings === 1 ? 'recording' : 'recordings'}`;
  const lines = [
    cassette,
    `    ${count} of ${upstream}, ${span}, last used ${lastUsed === undefined ? 'never, as far as is known here' : day(lastUsed)}`,
    ...(expired.length === 0 ? [] : [`    too old: ${expired.join(', ')}`]),
    ...misfits.map((misfit) => `    does not fit the contract: ${tellMisfit(misfit)}`),
  ];
  return `${lines.join('\n')}\n`;
}

function day(time: string | undefined): string {
  return time?.slice(0, 10) ?? 'empty';
}

/** With both limits a recording has to be old, and out of use. */
function listGone(
  { cassette, uses }: Shelved,
  { maxAge, unusedFor, now }: CassettesOptions,
): readonly Recording[] {
  return cassette.recordings.filter(({ id, recordedAt }) => {
    const isOld = maxAge === undefined || isOlder(recordedAt, maxAge, now);
    // One that never answered counts from the day it was made.
    const isIdle = unusedFor === undefined || isOlder(uses[id] ?? recordedAt, unusedFor, now);
    return isOld && isIdle;
  });
}

function isOlder(time: string, age: string | undefined, now: number): boolean {
  if (age === undefined) return false;
  return now - Date.parse(time) > (parseAge(age) ?? Number.POSITIVE_INFINITY);
}

function requireAge(age: string | undefined): void {
  if (age === undefined || parseAge(age) !== undefined) return;
  throw new MockError('invalid-config', `"${age}" is no age: write it as 30d, 12h or 45m.`);
}

function without(before: Cassette | undefined, gone: ReadonlySet<string>): Cassette | undefined {
  const recordings = (before?.recordings ?? []).filter(({ id }) => !gone.has(id));
  return before && recordings.length > 0 ? { ...before, recordings } : undefined;
}
