import { access } from 'node:fs/promises';
import { describeSet } from '../../scenario/describe.ts';
import { loadFixtures } from '../../scenario/load.ts';
import { renderProblems } from '../../scenario/problem.ts';
import type { Streams } from '../streams.ts';

export interface ExplainOptions {
  /** Asks a running mock about a request. */
  readonly explainRequest?: (id: string) => Promise<number>;
}

/** Says what a fixture file does, or what is wrong with it; or what became of a request. */
export async function explain(
  target: string,
  { explainRequest }: ExplainOptions,
  { out, err }: Streams,
): Promise<number> {
  if (!(await isPath(target))) {
    if (explainRequest && !looksLikePath(target)) return explainRequest(target);
    err.write(`${explainMissing(target)}\n`);
    return 2;
  }
  const { files, problems } = await loadFixtures([target]);
  const parts = files.flatMap(({ file, set }) => (set ? [`${file}\n${describeSet(set)}`] : []));
  out.write(parts.join('\n'));
  err.write(renderProblems(problems, 'text'));
  return parts.length === files.length && files.length > 0 ? 0 : 1;
}

async function isPath(target: string): Promise<boolean> {
  return access(target).then(
    () => true,
    () => false,
  );
}

function looksLikePath(target: string): boolean {
  return /[\\/]|\.(ya?ml|json)$/i.test(target);
}

function explainMissing(target: string): string {
  if (looksLikePath(target)) return `There is no file or folder "${target}".`;
  return `There is no file "${target}". For a request id, a running mock has to be asked: name it with --port, and --host when it is another machine.`;
}
