import Ajv7 from 'ajv';
import Ajv2020 from 'ajv/dist/2020.js';
import formats from 'ajv-formats';

const options = { strict: false, logger: false, ownProperties: true };

/** Ajv's validation of the schema, or its reason against the schema. */
export function compile(schema) {
  const Ajv = String(schema.$schema).includes('draft-0') ? Ajv7 : Ajv2020;
  const reasons = [];
  // Not every pattern that people write is one of the Unicode kind.
  for (const unicodeRegExp of [true, false]) {
    const judge = formats.default(new Ajv({ ...options, unicodeRegExp }));
    try {
      const validate = judge.compile(schema);
      return { explain: (value) => explain(value, { validate, judge }) };
    } catch (error) {
      reasons.push(error.message);
    }
  }
  return { reason: reasons[0] };
}

/** What Ajv has against the value, if anything: also that it never comes to a verdict. */
function explain(value, { validate, judge }) {
  try {
    return validate(value) ? undefined : judge.errorsText(validate.errors);
  } catch (error) {
    return `Ajv fails: ${error.message}`;
  }
}
