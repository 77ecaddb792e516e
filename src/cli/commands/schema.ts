import { renderSchema } from '../../scenario/json-schema.ts';
import type { Streams } from '../streams.ts';

/** Prints the JSON Schema of fixture files. */
export function schema({ out }: Pick<Streams, 'out'>): number {
  out.write(renderSchema());
  return 0;
}
