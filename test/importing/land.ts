import type { Imported } from '../../src/importing/draft.ts';
import { type Settled, settle } from '../../src/importing/settle.ts';
import { createLongCatMock, frozenClock, type LongCatMock } from '../../src/index.ts';
import { rehearse } from '../../src/rehearse.ts';
import { parseFixtures } from '../../src/scenario/parse.ts';

/** What the command would write. */
export function settleAll({ drafts }: Imported): Promise<Settled> {
  return settle(drafts, {
    file: 'imported.longcat.yaml',
    format: 'yaml',
    prefix: 'imported',
    description: 'Imported.',
    checkStep: rehearse,
  });
}

/** A mock that answers with imported fixtures, read from the text that would be written. */
export async function serveImported(imported: Imported): Promise<LongCatMock> {
  const { text = 'version: 1' } = await settleAll(imported);
  const { set, problems } = await parseFixtures(text, { file: 'imported.longcat.yaml' });
  if (!set) throw new Error(JSON.stringify(problems));
  const mock = createLongCatMock({ models: ['*'], clock: frozenClock(0) });
  mock.engine.repertoire.replace({ sets: [set], files: 1 });
  return mock;
}
