import { Ajv, type ErrorObject } from 'ajv';
import type { Answered, Schema } from './schema.ts';

/** One place where an answer is not what a client declares. */
export interface Finding {
  /** Such as `Chunk.choices[].delta.tool_calls[function].id`: an item or a variant by its type. */
  readonly path: string;
  readonly kind: 'extra' | 'missing' | 'type';
  /** What stands there. */
  readonly found: 'nothing' | 'null' | 'boolean' | 'number' | 'string' | 'array' | 'object';
}

export type Judge = (answer: unknown) => readonly Finding[];

/** Tells where answers differ from the schema of their kind. */
export function createJudge(name: Answered, schema: Schema): Judge {
  const ajv = new Ajv({ allErrors: true, strict: false, discriminator: true });
  const validate = ajv.compile(sharpen(schema, schema.definitions ?? {}));

  return (answer) => {
    if (validate(answer)) return [];
    const findings = (validate.errors ?? [])
      .filter(({ keyword }) => keyword !== 'if') // what its `else` found comes with it
      .map((error) => toFinding(error, name, answer));
    return [...new Map(findings.map((finding) => [nameFinding(finding), finding])).values()];
  };
}

export function nameFinding({ path, kind, found }: Finding): string {
  return `${kind} ${path}: ${found}`;
}

/**
 * A schema that accepts the same, whose unions are decided by a tag or by null: an answer is then held
 * against the one alternative it means to be, not against all of them.
 */
function sharpen(schema: Schema, definitions: Readonly<Record<string, Schema>>): Schema {
  const entries = Object.entries(schema).map(([key, value]) => [key, sharpenAny(value)]);
  const copy: Schema = Object.fromEntries(entries);
  return copy.anyOf ? sharpenUnion(copy, copy.anyOf) : copy;

  function sharpenAny(value: unknown): unknown {
    if (Array.isArray(value)) return value.map(sharpenAny);
    if (typeof value !== 'object' || value === null) return value;
    return sharpen(value as Schema, definitions);
  }

  function sharpenUnion(whole: Schema, branches: readonly Schema[]): Schema {
    const { anyOf: _, ...rest } = whole;
    const others = branches.filter(({ type }) => type !== 'null');
    const decided = decide(others);
    if (!decided) return whole;
    return others.length === branches.length
      ? { ...rest, ...decided }
      : { ...rest, if: { type: 'null' }, else: decided };
  }

  function decide(branches: readonly Schema[]): Schema | undefined {
    if (branches.length === 1) return branches[0];
    const tags = branches.map(({ $ref = '' }) => {
      const { properties, required } = definitions[$ref.replace('#/definitions/', '')] ?? {};
      return required?.includes('type') ? properties?.['type']?.const : undefined;
    });
    if (tags.includes(undefined) || new Set(tags).size < tags.length) return undefined;
    const discriminator = { propertyName: 'type' };
    return { type: 'object', required: ['type'], discriminator, oneOf: branches };
  }
}

function toFinding(error: ErrorObject, name: string, answer: unknown): Finding {
  const { keyword, params, instancePath } = error;
  const keys = instancePath.split('/').slice(1);
  const path = describePlace(keys, name, answer);
  const value = keys.reduce(memberOf, answer);
  if (keyword === 'additionalProperties') {
    const extra: string = params['additionalProperty'];
    return { kind: 'extra', path: `${path}.${extra}`, found: typeOf(memberOf(value, extra)) };
  }
  if (keyword === 'required') {
    return { kind: 'missing', path: `${path}.${params['missingProperty']}`, found: 'nothing' };
  }
  return { kind: 'type', path, found: typeOf(value) };
}

function typeOf(value: unknown): Finding['found'] {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  return typeof value as Finding['found']; // JSON has no other types
}

export function describePlace(keys: readonly string[], name: string, answer: unknown): string {
  let value = answer;
  let path = `${name}${tagOf(value)}`;
  for (const key of keys) {
    const parent = value;
    value = memberOf(parent, key);
    path += Array.isArray(parent) ? tagOf(value) || '[]' : `.${key}${tagOf(value)}`;
  }
  return path;
}

export function memberOf(parent: unknown, key: string): unknown {
  return (parent as Readonly<Record<string, unknown>>)[key]; // or an array, with indexes for keys
}

/** A message is told from the rest by its place. */
function tagOf(value: unknown): string {
  if (typeof value !== 'object' || value === null || !('type' in value)) return '';
  return typeof value.type === 'string' && value.type !== 'message' ? `[${value.type}]` : '';
}
