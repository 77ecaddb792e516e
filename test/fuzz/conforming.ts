import fc from 'fast-check';
import { type ZodNumber, type ZodRawShape, type ZodTypeAny, z } from 'zod/v3';
import { anyJson, anyNumber, anyText } from './json.ts';
import { anySchema } from './schemas.ts';
import { someOf } from './some.ts';

const text = fc.oneof(
  fc.constantFrom('LongCat-2.0', 'get_time', 'Please get_time, then get_weather.', 'Hello!'),
  anyText,
);

/** Values that a schema of the contract accepts, at every branch of it. */
export function conforming(schema: ZodTypeAny): fc.Arbitrary<unknown> {
  if (schema instanceof z.ZodOptional) return conforming(schema.unwrap());
  if (schema instanceof z.ZodNullable) {
    return fc.option(conforming(schema.unwrap()), { freq: 8 });
  }
  if (schema instanceof z.ZodString) return text;
  if (schema instanceof z.ZodNumber) return numberOf(schema);
  if (schema instanceof z.ZodBoolean) return fc.boolean();
  if (schema instanceof z.ZodUnknown) return anyJson;
  if (schema instanceof z.ZodLiteral) return fc.constant(schema.value);
  if (schema instanceof z.ZodEnum) return fc.constantFrom(...schema.options);
  if (schema instanceof z.ZodObject) return objectOf(schema.shape);
  if (schema instanceof z.ZodRecord) return recordOf(schema.valueSchema);
  if (schema instanceof z.ZodArray) {
    const minLength = schema._def.minLength?.value ?? 0;
    return fc.array(conforming(schema.element), { minLength, maxLength: 3 });
  }
  if (schema instanceof z.ZodUnion || schema instanceof z.ZodDiscriminatedUnion) {
    return fc.oneof(...(schema.options as ZodTypeAny[]).map(conforming)); // zod has any there
  }
  throw new Error(`No values are known for ${schema._def.typeName}.`);
}

function objectOf(shape: ZodRawShape): fc.Arbitrary<object> {
  const members = Object.entries(shape).map(
    ([name, member]) => [name, conforming(member)] as const,
  );
  const isRequired = ([name]: readonly [string, unknown]) => !shape[name]?.isOptional();
  const required = members.filter(isRequired);
  const optional = members.filter((member) => !isRequired(member));
  return fc
    .tuple(fc.record(Object.fromEntries(required)), someOf(Object.fromEntries(optional)))
    .map(([needed, extra]) => ({ ...needed, ...extra }));
}

/** A record of anything stands for a JSON Schema in most places of the contract. */
function recordOf(value: ZodTypeAny): fc.Arbitrary<unknown> {
  if (!(value instanceof z.ZodUnknown)) {
    return fc.dictionary(anyText, conforming(value), { maxKeys: 3, noNullPrototype: true });
  }
  return anySchema.filter(
    (schema) => typeof schema === 'object' && schema !== null && !Array.isArray(schema),
  );
}

function numberOf({ minValue, maxValue, isInt, _def: { checks } }: ZodNumber) {
  const exclusive = checks.some((check) => check.kind === 'min' && !check.inclusive);
  const least = (minValue ?? -Infinity) + (exclusive ? 0.001 : 0);
  const most = maxValue ?? Infinity;
  const edges = [least, most, 0, 1, 5, 60].filter(
    (value) => value >= least && value <= most && Number.isFinite(value),
  );
  const others = anyNumber.filter(
    (value) => value >= least && value <= most && (!isInt || Number.isInteger(value)),
  );
  return fc.oneof(fc.constantFrom(...edges), others);
}
