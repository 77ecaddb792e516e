import { type ZodRawShape, type ZodTypeAny, z } from 'zod/v3';

/** An object we accept: members we do not know pass, at every level. */
export function open<Shape extends ZodRawShape>(shape: Shape) {
  return z.object(shape).passthrough();
}

/** An object we send: exactly these members. */
export function closed<Shape extends ZodRawShape>(shape: Shape) {
  return z.object(shape).strict();
}

/** A member a client may leave out or send as null; either way it is unset. */
export function unset<Schema extends ZodTypeAny>(schema: Schema) {
  return schema.nullish();
}

/** A whole number. The message names the type: of a text in its place, zod reports a number. */
export function integer() {
  return z.number({ invalid_type_error: 'integer' }).int();
}

/** Any JSON object, such as a JSON Schema or the arguments of a call. */
export const AnyObject = z.record(z.unknown());
