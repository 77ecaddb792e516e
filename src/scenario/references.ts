import type { Mistake, Path } from './mistake.ts';
import type { ParsedFixture } from './schema.ts';
import type { Step } from './step-schema.ts';
import { quote } from './text-test.ts';

/** The text of a file that a step refers to, or why it cannot be had. */
export type ReadReference = (
  reference: string,
) => Promise<{ readonly text: string } | { readonly problem: string }>;

export interface Resolved {
  readonly fixture: ParsedFixture;
  readonly mistakes: readonly Mistake[];
}

/** A fixture with the text of its files in their place. */
export async function resolveReferences(
  fixture: ParsedFixture,
  path: Path,
  read: ReadReference,
): Promise<Resolved> {
  const mistakes: Mistake[] = [];
  const resolve = async (step: Step, stepPath: Path) => {
    const resolved = await resolveStep(step, read);
    for (const mistake of resolved.mistakes) {
      mistakes.push({ ...mistake, path: [...stepPath, ...mistake.path] });
    }
    return resolved.step;
  };
  const { respond } = fixture;
  const respondPath = [...path, 'respond'];
  if (!Array.isArray(respond)) {
    return { fixture: { ...fixture, respond: await resolve(respond, respondPath) }, mistakes };
  }
  const steps: Step[] = [];
  for (const [index, step] of respond.entries()) {
    steps.push(await resolve(step, [...respondPath, index]));
  }
  return { fixture: { ...fixture, respond: steps }, mistakes };
}

interface ResolvedStep {
  readonly step: Step;
  readonly mistakes: readonly Mistake[];
}

async function resolveStep(step: Step, read: ReadReference): Promise<ResolvedStep> {
  const { textFile, bodyFile, ...rest } = step;
  if (textFile !== undefined) {
    const found = await read(textFile);
    if ('problem' in found) return refuse(step, 'textFile', found.problem);
    return { step: { ...rest, text: found.text }, mistakes: [] };
  }
  if (bodyFile === undefined) return { step, mistakes: [] };
  const found = await read(bodyFile);
  if ('problem' in found) return refuse(step, 'bodyFile', found.problem);
  if (step.raw) return { step: { ...rest, body: found.text }, mistakes: [] };
  try {
    return { step: { ...rest, body: JSON.parse(found.text) as unknown }, mistakes: [] };
  } catch {
    const fix = 'Add "raw: true" to send it as it is.';
    return refuse(step, 'bodyFile', `${quote(bodyFile)} is no JSON`, fix);
  }
}

function refuse(step: Step, name: string, message: string, fix?: string): ResolvedStep {
  return { step, mistakes: [{ path: [name], message, fix }] };
}
