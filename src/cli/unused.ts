import type { RunningLongCatMock } from '../mock.ts';
import type { Config } from './config.ts';

/** Whether recordings that nobody used are to fail the run; what they are is told as it closes. */
export async function leavesUnused(
  { engine }: Pick<RunningLongCatMock, 'engine'>,
  { onUnused }: Pick<Config, 'onUnused'>,
): Promise<boolean> {
  if (onUnused !== 'fail') return false;
  const used = (await engine.recorder?.deck.list()) ?? [];
  return used.some(({ unused }) => unused.length > 0);
}
