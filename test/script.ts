import type { LongCatMock } from '../src/mock.ts';
import { compileFile } from '../src/scenario/compile.ts';
import { FixtureFile, type FixtureInput } from '../src/scenario/schema.ts';

type FileInput = Parameters<typeof FixtureFile.parse>[0];

/** Puts fixtures into a mock, in place of those it has. */
export function script(
  { engine }: Pick<LongCatMock, 'engine'>,
  fixtures: readonly FixtureInput[],
  rest: Record<string, unknown> = {},
): void {
  const content = FixtureFile.parse({ version: 1, ...rest, fixtures } satisfies FileInput);
  const set = compileFile({ file: 'test.longcat.yaml', content, places: [] });
  engine.repertoire.replace({ sets: [set], files: 1 });
}
