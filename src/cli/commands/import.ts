import { basename, extname, join } from 'node:path';
import { type Leftover, renderLeftovers, tame } from '../../importing/leftover.ts';
import type { FileFormat } from '../../importing/render.ts';
import { type Settled, settle } from '../../importing/settle.ts';
import { slug } from '../../importing/slug.ts';
import type { CheckStep } from '../../scenario/check.ts';
import { defaultFolder } from '../../scenario/load.ts';
import { renderProblems } from '../../scenario/problem.ts';
import type { Streams } from '../streams.ts';
import { findTaken, writeWhole } from '../write-whole.ts';
import { type ImportKind, readUnits, type Unit } from './import-units.ts';

export interface ImportOptions {
  readonly kind: ImportKind;
  /** A file or a folder of that kind. */
  readonly path: string;
  /** A folder, or one file for everything; `./longcat-mock` when it is left out. */
  readonly output?: string | undefined;
  readonly format?: FileFormat | undefined;
  /** Tell and write nothing. */
  readonly dryRun: boolean;
  /** Write over files that are there. */
  readonly force: boolean;
  /** Let answers of an archive take the time that they took. */
  readonly timing: boolean;
  readonly checkStep: CheckStep;
}

/**
 * Turns what another tool has into fixture files. 0 when all of it was carried over, 1 when
 * something was left, 2 when a file cannot be read or written.
 *
 * @throws MockError `invalid-config`
 */
export async function importFixtures(
  options: ImportOptions,
  { out, err }: Streams,
): Promise<number> {
  const units = await readUnits(options);
  if ('problem' in units) {
    err.write(`${units.problem}\n`);
    return 2;
  }
  const parts = nameApart(gather(units.units, options));
  const files = await Promise.all(parts.map((unit) => prepare(unit, options)));
  const leftovers = files.flatMap((file) => file.leftovers);
  err.write(renderNotes(files, leftovers));

  const written = files.filter(({ text }) => text !== undefined);
  const guarded = options.force || options.dryRun ? [] : written;
  const taken = await findTaken(guarded.map(({ path }) => path));
  if (taken.length > 0) {
    const advice = 'Nothing was written: add --force to write over it, or name another --output.';
    err.write([...taken.map((path) => `"${path}" is there already.`), advice, ''].join('\n'));
    return 2;
  }
  for (const file of written) await deliver(file, options, { out, err });
  if (written.length === 0) err.write('Nothing was written: no fixture came of it.\n');
  return leftovers.length > 0 || written.length === 0 ? 1 : 0;
}

interface Written extends Settled {
  readonly path: string;
  readonly notices: readonly string[];
}

async function prepare(unit: Unit, options: ImportOptions): Promise<Written> {
  const { path, format } = placeOf(unit, options);
  const { drafts, notices, scenario } = unit;
  const prefix = slug(basename(path).replace(/(?:\.longcat)?\.\w+$/, ''));
  const { checkStep } = options;
  const description = `Imported by "longcat-mock import ${options.kind}" from ${unit.source}.`;
  const settled = await settle(drafts, {
    ...{ file: path, format, prefix, description, scenario, checkStep },
  });
  return { ...settled, path, notices, leftovers: [...unit.leftovers, ...settled.leftovers] };
}

async function deliver(
  { path, text = '', fixtures }: Written,
  { dryRun }: ImportOptions,
  { out, err }: Streams,
): Promise<void> {
  const facts = `${path}: ${count(fixtures.length, 'fixture')}.\n`;
  if (dryRun) {
    err.write(`Would write ${facts}`);
    out.write(text);
    return;
  }
  await writeWhole(path, text);
  out.write(`Wrote ${facts}`);
}

/** One file for everything, where the output is a file; scenarios cannot share one. */
function gather(units: readonly Unit[], { output }: ImportOptions): readonly Unit[] {
  const [first] = units;
  if (!first || !isFile(output) || units.some(({ scenario }) => scenario !== undefined))
    return units;
  return [
    {
      name: first.name,
      source: [...new Set(units.map(({ source }) => source))].join(', '),
      drafts: units.flatMap(({ drafts }) => drafts),
      leftovers: units.flatMap(({ leftovers }) => leftovers),
      notices: units.flatMap(({ notices }) => notices),
    },
  ];
}

/** Files of one name may come from several folders. */
function nameApart(units: readonly Unit[]): readonly Unit[] {
  const counts = new Map<string, number>();
  return units.map((unit) => {
    const key = slug(unit.name).toLowerCase();
    const count = (counts.get(key) ?? 0) + 1;
    counts.set(key, count);
    return count === 1 ? unit : { ...unit, name: `${unit.name}-${count}` };
  });
}

function placeOf(
  { name, scenario }: Unit,
  { output, format }: ImportOptions,
): { readonly path: string; readonly format: FileFormat } {
  if (output !== undefined && isFile(output)) {
    const extension = extname(output);
    const path =
      scenario === undefined
        ? output
        : `${output.slice(0, -extension.length)}.${slug(name)}${extension}`;
    return { path, format: format ?? (extension === '.json' ? 'json' : 'yaml') };
  }
  const spelled = format ?? 'yaml';
  return {
    path: join(output ?? defaultFolder, `${slug(name)}.longcat.${spelled}`),
    format: spelled,
  };
}

function isFile(output: string | undefined): boolean {
  return output !== undefined && /\.(?:ya?ml|json)$/i.test(output);
}

function renderNotes(files: readonly Written[], leftovers: readonly Leftover[]): string {
  const notices = files.flatMap((file) => file.notices.map((notice) => `${tame(notice)}\n`));
  const warnings = files.map((file) => renderProblems(file.warnings, 'text'));
  const fixtures = files.reduce((sum, file) => sum + file.fixtures.length, 0);
  const left =
    leftovers.length === 0
      ? 'nothing was left'
      : `${count(leftovers.length, 'thing')} left, named above`;
  return [
    ...new Set(notices),
    ...warnings,
    renderLeftovers(leftovers),
    `${count(fixtures, 'fixture')} made; ${left}.\n`,
  ].join('');
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
