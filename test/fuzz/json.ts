import fc from 'fast-check';

/** UTF-16 units as they come: half surrogate pairs too. */
const units = fc
  .array(fc.oneof(fc.constantFrom(0xd83d, 0xde42, 0x2028, 0x0d, 0x0a), fc.nat(0xffff)), {
    maxLength: 12,
  })
  .map((codes) => String.fromCharCode(...codes));

const fragments = fc
  .array(
    fc.constantFrom(
      ' ',
      '\n',
      '\r\n',
      '\r',
      '\u2028',
      '\u2029',
      '\ufeff',
      '\u0000',
      '\ud800',
      '\udc00',
      '🙂',
      '👩‍👩‍👧',
      '你好，请介绍一下你自己。',
      'ありがとう',
      'word',
      'get_time',
      'data: [DONE]',
      'event: error',
      '\n\ndata: {}\n\n',
      ': ',
      '/',
      '~',
      '"',
      '\\',
      'e\u0301',
      '12345.678',
    ),
    { maxLength: 10 },
  )
  .map((pieces) => pieces.join(''));

/** Texts that break what reads them by lines, bytes or UTF-16 units. */
export const anyText = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 30 }),
  fc.string({ unit: 'binary', maxLength: 30 }),
  units,
  fragments,
);

/** Names that JavaScript's objects, or pointers into JSON, give a meaning of their own. */
export const oddKey = fc.oneof(
  fc.constantFrom(
    '__proto__',
    'constructor',
    'prototype',
    'toString',
    'valueOf',
    'hasOwnProperty',
    'length',
    'toJSON',
    'then',
    '',
    '0',
    '-1',
    'a/b~c',
    '~1',
    '[x] not found',
    ': ',
  ),
  anyText,
);

export const anyNumber = fc.oneof(
  fc.constantFrom(0, -0, 1, -1, 0.5, -0.5, 1.5, 2 ** 31, 2 ** 53, 2 ** 63, 1e308, -1e308, 5e-324),
  fc.constantFrom(Infinity, -Infinity),
  fc.integer(),
  fc.double({ noNaN: true }),
);

const nested = fc
  .tuple(fc.constantFrom(1, 10, 100, 240, 255, 257), fc.boolean())
  .map(([depth, listed]) => {
    let value: unknown = listed ? [] : {};
    for (let level = 1; level < depth; level += 1) value = listed ? [value] : { a: value };
    return value;
  });

const { tree } = fc.letrec((tie) => ({
  tree: fc.oneof({ maxDepth: 2, withCrossShrink: true }, tie('leaf'), tie('list'), tie('object')),
  leaf: fc.oneof(fc.constant(null), fc.boolean(), anyNumber, anyText),
  list: fc.array(tie('tree'), { maxLength: 4 }),
  object: fc
    .array(fc.tuple(oddKey, tie('tree')), { maxLength: 4 })
    .map((members) => Object.fromEntries(members)),
}));

/** Any JSON value, with `Infinity` for a number beyond all others, such as `1e999`. */
export const anyJson: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 16, arbitrary: tree },
  { weight: 2, arbitrary: fc.jsonValue({ maxDepth: 3 }) },
  { weight: 1, arbitrary: nested },
);

/** JSON text in which a number beyond all others is still a number. */
export function writeText(value: unknown): string {
  if (value === Infinity) return '1e999';
  if (value === -Infinity) return '-1e999';
  if (Array.isArray(value)) return `[${value.map(writeText).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members = Object.entries(value).map(
    ([key, member]) => `${JSON.stringify(key)}:${writeText(member)}`,
  );
  return `{${members.join(',')}}`;
}
