import { readFile } from 'node:fs/promises';
import { MockError } from '../../errors.ts';
import type { Cassette } from '../../recording/cassette.ts';
import type { Credential } from '../../recording/credentials.ts';
import { type CassetteProblem, checkCassette } from '../../recording/document.ts';
import { redactCassette } from '../../recording/redact-cassette.ts';
import { type Finding, remedy, scanCassette } from '../../recording/scan.ts';
import { compileRedactions, parseRedaction, type Secrets } from '../../recording/secret-text.ts';
import { changeCassette } from '../../recording/store.ts';
import { findFiles } from '../../scenario/disk.ts';
import type { ProblemFormat } from '../../scenario/problem.ts';
import type { Streams } from '../streams.ts';
import { type FileReport, renderReports } from './redact-report.ts';

export interface RedactOptions {
  /** Files, and folders of cassettes. */
  readonly paths: readonly string[];
  /** Whether files are only looked at. */
  readonly check: boolean;
  /** `PATTERN` or `member:NAME`. */
  readonly redactions: readonly string[];
  readonly format: ProblemFormat;
  /** What is looked for besides keys of a known form. */
  readonly credentials: readonly Credential[];
}

/**
 * Leaves secrets out of cassettes, or only looks for them. 0 when none is left, 1 when there is one
 * or a file is no cassette, 2 when there is no file.
 */
export async function redact(options: RedactOptions, { out, err }: Streams): Promise<number> {
  const secrets = compileRedactions(options.redactions.map(parseRedaction));
  const files = await listFiles(options.paths);
  if (files.length === 0) {
    err.write(`No cassettes in ${options.paths.join(', ')}. Name files or folders of them.\n`);
    return 2;
  }
  const reports: FileReport[] = [];
  for (const file of files) reports.push(await treat(file, secrets, options));
  out.write(renderReports(reports, options.format));
  const faults = reports.reduce((sum, report) => sum + report.faults.length, 0);
  const isLeaky = reports.some(({ faults }) => faults.some((fault) => 'rule' in fault));
  err.write(`${faults} ${faults === 1 ? 'problem' : 'problems'} in ${count(files.length)}.\n`);
  if (isLeaky) err.write(`${options.check ? checkRemedy : remedy}\n`);
  return faults === 0 ? 0 : 1;
}

const checkRemedy =
  'Run "longcat-mock redact" to leave it out, with --redact PATTERN or --redact member:NAME for what it does not know. A key that was committed has to be replaced.';

function count(files: number): string {
  return `${files} ${files === 1 ? 'cassette' : 'cassettes'}`;
}

async function listFiles(paths: readonly string[]): Promise<readonly string[]> {
  const found = await Promise.all(paths.map((path) => findFiles(path, isCassette)));
  return found.flatMap((each) => {
    if ('problem' in each) throw new MockError('invalid-config', `${each.problem}.`);
    return each.files.map(({ path }) => path);
  });
}

function isCassette(name: string): boolean {
  return /\.json$/i.test(name) && !/\.schema\.json$/i.test(name);
}

async function treat(
  file: string,
  secrets: Secrets,
  { check, credentials }: RedactOptions,
): Promise<FileReport> {
  const read = await readCassette(file);
  if ('problems' in read) return { file, changed: [], faults: read.problems };
  const { cassette } = read;
  try {
    const clean = await redactCassette(cassette, secrets);
    const isRewritten = clean.changed.length > 0 && !check;
    if (isRewritten) await changeCassette(file, () => clean.cassette);
    const { findings } = scanCassette(check ? cassette : clean.cassette, { credentials });
    const missed = check ? tellUnredacted(clean.changed, findings) : [];
    return { file, changed: isRewritten ? clean.changed : [], faults: [...findings, ...missed] };
  } catch (error) {
    if (!(error instanceof MockError)) throw error;
    return {
      file,
      changed: [],
      faults: [{ file, path: 'match', message: cutStop(error.message) }],
    };
  }
}

function cutStop(sentence: string): string {
  return sentence.replace(/\.$/, '');
}

/** What redaction would change, where nothing else was found. */
function tellUnredacted(
  changed: readonly string[],
  findings: readonly Finding[],
): readonly Finding[] {
  return changed
    .filter((path) => !findings.some((found) => found.path.startsWith(path)))
    .map((path) => ({ path, rule: 'what is to be redacted' }));
}

type Read = { readonly cassette: Cassette } | { readonly problems: readonly CassetteProblem[] };

async function readCassette(file: string): Promise<Read> {
  try {
    const bytes = await readFile(file);
    return checkCassette(new TextDecoder('utf-8', { fatal: true }).decode(bytes), file);
  } catch (error) {
    if (error instanceof TypeError) return { problems: [{ file, message: 'It is not UTF-8' }] };
    throw new MockError('invalid-config', `Cannot read "${file}": ${error}`, { cause: error });
  }
}
