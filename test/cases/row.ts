import type { LongCatMockOptions } from '../../src/index.ts';
import type { Wire } from './wire.ts';

/** One thing that clients stumble over, and what the mock does about it. */
export interface Row {
  /** Of the case, from 1 to 64; a case may have several rows. */
  readonly number: number;
  readonly title: string;
  /** Why the mock does otherwise than clients of other services expect, or what cannot be shown yet. */
  readonly decision?: string;
  /** For a row that needs a mock of its own. */
  readonly options?: LongCatMockOptions;
  readonly prove: (wire: Wire) => Promise<void>;
}
