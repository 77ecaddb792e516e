import { loadFixtures } from '../../scenario/load.ts';
import { hasErrors, renderProblems } from '../../scenario/problem.ts';
import { listShipped } from '../../scenario/shipped.ts';
import type { Streams } from '../streams.ts';

export interface ScenariosOptions {
  /** Files and folders; none for the default ones. */
  readonly paths: readonly string[];
  readonly json: boolean;
}

interface Row {
  readonly name: string;
  readonly from: 'shipped' | 'user';
  readonly description?: string | undefined;
  readonly provenance?: string | undefined;
  readonly source?: string | undefined;
}

/** Lists the scenarios that can be selected. 1 when a file of the user has errors. */
export async function scenarios(
  { paths, json }: ScenariosOptions,
  { out, err }: Streams,
): Promise<number> {
  const loaded = await loadFixtures(paths.length === 0 ? undefined : paths);
  const own = loaded.sets.flatMap(({ scenario, description, provenance, source }): Row[] =>
    scenario ? [{ name: scenario, from: 'user', description, provenance, source }] : [],
  );
  const taken = new Set(own.map(({ name }) => name)); // a user’s scenario stands in for a shipped one
  const shipped = (await listShipped())
    .filter(({ name }) => !taken.has(name))
    .map(({ name, ...rest }): Row => ({ name, from: 'shipped', ...rest }));
  const rows = [...own, ...shipped].toSorted((left, right) => (left.name < right.name ? -1 : 1));
  out.write(json ? `${JSON.stringify(rows, null, 2)}\n` : renderRows(rows));
  err.write(renderProblems(loaded.problems, 'text'));
  return hasErrors(loaded.problems) ? 1 : 0;
}

function renderRows(rows: readonly Row[]): string {
  return rows.map((row) => `${renderRow(row)}\n`).join('');
}

function renderRow({ name, from, description, provenance, source }: Row): string {
  const learned = [provenance, source].filter(Boolean).join(': ');
  return [
    `${name}${from === 'user' ? ' (yours)' : ''}`,
    ...(description ? [description] : []),
    ...(learned ? [`[${learned}]`] : []),
  ].join('\n    ');
}
