/** An example as OpenAPI has it; the key of the record is its name. */
export interface Example<Value = unknown> {
  readonly summary: string;
  readonly value: Value;
}

export type Examples<Value = unknown> = Readonly<Record<string, Example<Value>>>;
