import type { Fixture } from './fixture.ts';
import type { ParsedFile } from './parse.ts';
import type { Problem } from './problem.ts';
import type { Step } from './step-schema.ts';

/** What is impossible about an answer; nothing when every form of it fits its schema. */
export type CheckStep = (step: Step, fixture: Fixture) => readonly string[];

/** The answers that LongCat could not have sent, at the places of their steps. */
export function checkAnswers(
  files: readonly ParsedFile[],
  checkStep: CheckStep,
): readonly Problem[] {
  return files.flatMap(({ set, locate }) =>
    (set?.fixtures ?? []).flatMap((fixture, index) =>
      fixture.steps.flatMap((step, number) =>
        checkStep(step, fixture).map((reason): Problem => {
          // A single step stands right under `respond`, which is the nearest place there is.
          const place = locate(['fixtures', index, 'respond', number]);
          return { severity: 'error', ...place, message: `Impossible answer: ${reason}` };
        }),
      ),
    ),
  );
}
