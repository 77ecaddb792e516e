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

/** Any JSON object, such as a JSON Schema or the arguments of a call. */
export const JsonObject = z.record(z.unknown());
export type JsonObject = z.infer<typeof JsonObject>;
