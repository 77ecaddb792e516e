import type { FixtureInput } from '../scenario/schema.ts';
import type { Leftover } from './leftover.ts';

/** A fixture to be, and what it was made of. */
export interface Draft {
  readonly file: string;
  /** Such as `entry 3`. */
  readonly entry: string;
  readonly fixture: Omit<FixtureInput, 'id'>;
}

/** What becomes of one file, or of what belongs together. */
export interface Imported {
  readonly drafts: readonly Draft[];
  readonly leftovers: readonly Leftover[];
  /** What a user should know although nothing was lost. */
  readonly notices: readonly string[];
}

/** A file of another tool. */
export interface SourceFile {
  readonly file: string;
  readonly text: string;
}
