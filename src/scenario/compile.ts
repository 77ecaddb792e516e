import { compileFixture, compileLimit, type FixtureSet } from './fixture.ts';
import type { FixtureFile } from './schema.ts';

/** A file without errors, with the text of the files it refers to; nothing in it but JSON. */
export interface CheckedFile {
  readonly file: string;
  readonly content: FixtureFile;
  /** Where each of its fixtures begins. */
  readonly places: readonly { readonly line: number; readonly column: number }[];
}

export function compileFile({ file, content, places }: CheckedFile): FixtureSet {
  const { scenario, description, provenance, source, fixtures, rateLimits } = content;
  return {
    scenario,
    description,
    provenance,
    source,
    fixtures: fixtures.map((fixture, index) => {
      const place = places[index];
      return compileFixture(fixture, { scenario, place: place && { file, ...place } });
    }),
    limits: rateLimits.map(compileLimit),
  };
}
