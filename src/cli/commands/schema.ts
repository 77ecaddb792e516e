import { renderSchema as renderCassetteSchema } from '../../recording/json-schema.ts';
import { renderSchema } from '../../scenario/json-schema.ts';
import type { Streams } from '../streams.ts';

export type SchemaKind = 'fixture' | 'cassette';

/** Prints the JSON Schema of fixture files, or of cassettes. */
export function schema(kind: SchemaKind, { out }: Pick<Streams, 'out'>): number {
  out.write(kind === 'cassette' ? renderCassetteSchema() : renderSchema());
  return 0;
}
