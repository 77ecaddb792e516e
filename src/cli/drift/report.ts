import type { Checked } from '../../recording/drift/check.ts';
import type { DriftFinding } from '../../recording/drift/finding.ts';
import type { Entry } from './entries.ts';

/** What became of one recording. */
export interface DriftEntry {
  /** The path of its cassette within the folder, without its ending. */
  readonly cassette: string;
  readonly id: string;
  /** A recording with findings is `CHANGED`, also where a part of it could not be checked. */
  readonly result: 'OK' | 'CHANGED' | 'COULD_NOT_CHECK';
  readonly findings: readonly DriftFinding[];
  /** Why it, or a part of it, could not be checked. */
  readonly reason?: string;
}

/** What `longcat-mock drift --format json` prints. */
export interface DriftReport {
  readonly version: 1;
  readonly target: string;
  readonly summary: { readonly ok: number; readonly changed: number; readonly unchecked: number };
  readonly entries: readonly DriftEntry[];
}

export function toEntry({ cassette, recording: { id } }: Entry, checked: Checked): DriftEntry {
  const { findings, unchecked } = checked;
  const open = unchecked === undefined ? 'OK' : 'COULD_NOT_CHECK';
  return {
    cassette,
    id,
    result: findings.length > 0 ? 'CHANGED' : open,
    findings,
    ...(unchecked !== undefined && { reason: unchecked }),
  };
}

export function toReport(target: string, entries: readonly DriftEntry[]): DriftReport {
  const count = (result: DriftEntry['result']) =>
    entries.filter((entry) => entry.result === result).length;
  const summary = {
    ok: count('OK'),
    changed: count('CHANGED'),
    unchecked: count('COULD_NOT_CHECK'),
  };
  return { version: 1, target, summary, entries };
}

/** A line for each finding and each recording that has none, and a last one that counts. */
export function renderReport({ target, summary, entries }: DriftReport): string {
  const { ok, changed, unchecked } = summary;
  const total = `${entries.length} ${entries.length === 1 ? 'recording' : 'recordings'}`;
  const lines = [
    ...entries.flatMap(renderEntry),
    `${total} against ${target}: ${ok} OK, ${changed} changed, ${unchecked} could not be checked.`,
  ];
  return lines.map((line) => `${tame(line)}\n`).join('');
}

function renderEntry({ cassette, id, result, findings, reason }: DriftEntry): string[] {
  const line = (what: string, rest: string) => `${what.padEnd(15)} ${cassette} ${id}${rest}`;
  return [
    ...findings.map((finding) => line(finding.kind, `  ${renderFinding(finding)}`)),
    ...(reason === undefined ? [] : [line('COULD_NOT_CHECK', `  ${reason}`)]),
    ...(result === 'OK' ? [line('OK', '')] : []),
  ];
}

function renderFinding({ path, event, block, recorded, live }: DriftFinding): string {
  const place = [
    ...(event === undefined ? [] : [`event ${event}`]),
    ...(path === '' ? [] : [path]),
    ...(block === undefined ? [] : [`(${block})`]),
  ].join(' ');
  return `${place}${place === '' ? '' : ': '}recorded ${recorded}, live ${live}`;
}

/** No escape sequence of what an API sent reaches a terminal. */
function tame(line: string): string {
  return line.replaceAll(/\p{Cc}/gu, (control) => JSON.stringify(control).slice(1, -1));
}
