import fc from 'fast-check';
import { expect, it } from 'vitest';
import { ErrorBody } from '../../src/contract/errors.ts';
import { listViolations, listViolationsInParts } from '../../src/contract/violations.ts';
import { createLongCatMock } from '../../src/index.ts';
import { type Body, type Format, formats, nearBody } from './bodies.ts';
import { removeMember } from './faults.ts';
import { anyNumber, anyText, writeText } from './json.ts';
import { patience, runs } from './runs.ts';
import { someOf } from './some.ts';

const formatNames = Object.keys(formats) as Format[]; // Object.keys widens to string

const repairs = { model: 'LongCat-2.0', messages: [{ role: 'user', content: 'Hi' }] };

function violationsOf(format: Format, body: Body): Line[] {
  return listViolations(formats[format].request, body).map((line) => readLine(line, body));
}

function invalidBody(format: Format): fc.Arbitrary<Body> {
  return fc
    .tuple(nearBody(format), edges)
    .map(([body, members]): Body => ({ ...body, ...members }))
    .filter((body) => listViolations(formats[format].request, body).length > 0);
}

const edges = fc.oneof(
  { weight: 4, arbitrary: fc.constant({}) },
  {
    weight: 1,
    arbitrary: someOf({
      top_p: anyNumber,
      top_k: anyNumber,
      max_tokens: anyNumber,
      thinking: fc.record({ type: anyText }),
    }),
  },
);

interface Line {
  readonly pointer: string;
  readonly path: readonly string[];
  readonly reason: string;
  /** The key that is missing there. */
  readonly missing?: string | undefined;
}

/** Names may hold `: ` too: the pointer ends at the first one before which it leads somewhere. */
function readLine(line: string, body: Body): Line {
  const places = new Map(listPlaces(body).map((path) => [toOneLine(writePointer(path)), path]));
  for (let end = line.indexOf(': '); end >= 0; end = line.indexOf(': ', end + 1)) {
    const pointer = line.slice(0, end);
    const reason = line.slice(end + 2);
    const path = places.get(pointer);
    if (path && reason !== '') {
      const [, missing] = /^required key \[(.*)\] not found$/s.exec(reason) ?? [];
      return { pointer, path, reason, missing };
    }
  }
  throw new Error(`Not a pointer into the body and a reason: ${JSON.stringify(line)}`);
}

/** RFC 6901. */
function writePointer(path: readonly string[]): string {
  return path.map((key) => `/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

/** As a report has it, whose lines end at line breaks. */
function toOneLine(text: string): string {
  return text.replaceAll('\n', '\\n').replaceAll('\r', '\\r');
}

function resolve(path: readonly string[], body: unknown): { found: boolean; value?: unknown } {
  let value = body;
  for (const key of path) {
    if (typeof value !== 'object' || value === null) return { found: false };
    const member = Object.getOwnPropertyDescriptor(value, key);
    if (!member?.enumerable) return { found: false };
    value = member.value;
  }
  return { found: true, value };
}

/** Every place of a body in the order in which it is written. */
function listPlaces(value: unknown, path: readonly string[] = []): (readonly string[])[] {
  const inside =
    typeof value === 'object' && value !== null
      ? Object.entries(value).flatMap(([key, member]) => listPlaces(member, [...path, key]))
      : [];
  return [path, ...inside];
}

it.each(formatNames)(
  'every line of a refusal is a pointer into the %s body and a reason, in the order of its members',
  (format) => {
    fc.assert(
      fc.property(invalidBody(format), (body) => {
        const places = new Map(listPlaces(body).map((path, at) => [writePointer(path), at]));
        let last = -1;
        for (const { path, missing } of violationsOf(format, body)) {
          const position = places.get(writePointer(path)) ?? -1;
          expect(position).toBeGreaterThanOrEqual(last);
          last = position;
          if (missing === undefined) continue;
          const { value } = resolve(path, body);
          expect(value).toBeTypeOf('object');
          expect(Object.hasOwn(Object(value), missing)).toBe(false);
        }
      }),
      runs(300),
    );
  },
  patience,
);

const quoting = /^(.*) is not (?:a valid enum value|(?:less|greater) (?:than|or equal to) .*)$/s;

it.each(formatNames)(
  'a value that a line about a %s body quotes is the value at its pointer',
  (format) => {
    fc.assert(
      fc.property(invalidBody(format), (body) => {
        for (const { path, reason } of violationsOf(format, body)) {
          const quoted = quoting.exec(reason)?.[1];
          const { value } = resolve(path, body);
          if (quoted !== undefined) expect([value, quoted]).toEqual([value, quote(value)]);
        }
      }),
      runs(300),
    );
  },
  patience,
);

function quote(value: unknown): string {
  return toOneLine(typeof value === 'object' ? JSON.stringify(value) : String(value));
}

it.each(formatNames)(
  'the message of a refused %s body has one line for each violation',
  async (format) => {
    await fc.assert(
      fc.asyncProperty(invalidBody(format), async (body) => {
        const lines = listViolations(formats[format].request, body);
        const response = await post(format, body);
        const { error } = ErrorBody.parse(await response.json());
        fc.pre(error.code === 'invalid_parameter' && error.message !== 'Unsupported model');

        expect(response.status).toBe(400);
        const [title, ...reported] = error.message.split('\n');
        expect([title, reported.pop()]).toEqual(['参数校验失败: ', '']);
        for (const line of reported) readLine(line, body);
        expect(reported).toEqual(expect.arrayContaining(lines));
      }),
      runs(150),
    );
  },
  patience,
);

function post(format: Format, body: Body): Promise<Response> {
  return createLongCatMock().fetch(`http://localhost${formats[format].path}`, {
    method: 'POST',
    headers: { authorization: 'Bearer test' },
    body: writeText(body),
  });
}

it.each(formatNames)(
  'mending one member of a %s body takes its lines away and no others',
  (format) => {
    fc.assert(
      fc.property(invalidBody(format), fc.nat(), (body, choice) => {
        const lines = violationsOf(format, body);
        const members = [...new Set(lines.map(({ path, missing }) => path[0] ?? missing))];
        const mended = members[choice % members.length] ?? '';
        const others = lines.filter(({ path, missing }) => (path[0] ?? missing) !== mended);
        expect(violationsOf(format, mendMember(body, mended))).toEqual(others);
      }),
      runs(300),
    );
  },
  patience,
);

function mendMember(body: Body, name: string): Body {
  const rest = Object.entries(body).filter(([key]) => key !== name);
  const repair = Object.entries(repairs).filter(([key]) => key === name);
  return Object.fromEntries([...rest, ...repair]);
}

it.each(formatNames)(
  'a %s body passes once every place that is reported is taken out of it',
  async (format) => {
    await fc.assert(
      fc.asyncProperty(invalidBody(format), async (body) => {
        let left = body;
        let [worst] = violationsOf(format, left).reverse();
        for (let step = listPlaces(body).length + 2; worst && step > 0; step -= 1) {
          left = worst.path.length < 2 ? mendMember(left, topOf(worst)) : takeOut(left, worst.path);
          const lines = violationsOf(format, left);
          expect(lines).not.toContainEqual(isArrayItem(left, worst.path) ? undefined : worst);
          [worst] = lines.reverse();
        }
        expect(worst).toBeUndefined();

        const limits = { max_tokens: 9, max_completion_tokens: 9, model: repairs.model };
        const response = await post(format, { ...left, ...limits });
        fc.pre(!(await isTooDeep(response.clone())));
        expect(response.status).toBe(200);
      }),
      runs(150),
    );
  },
  patience,
);

/** Refused before its members are looked at. */
async function isTooDeep(response: Response): Promise<boolean> {
  return response.status === 400 && (await response.text()).includes('json format error');
}

function topOf({ path, missing }: Line): string {
  return path[0] ?? missing ?? '';
}

function takeOut(body: Body, path: readonly string[]): Body {
  const copy = structuredClone(body);
  const { value: parent } = resolve(path.slice(0, -1), copy);
  removeMember(Object(parent), path.at(-1) ?? '');
  return copy;
}

function isArrayItem(body: Body, path: readonly string[]): boolean {
  return Array.isArray(resolve(path.slice(0, -1), body).value);
}

const limit = { members: ['max_tokens', 'max_completion_tokens'], maximum: 60 };

it.each(formatNames)(
  'a %s body judged in parts breaks what it breaks as a whole, in the same order',
  (format) => {
    const { request } = formats[format];
    fc.assert(
      fc.property(longBody(format), fc.constantFrom(1, 2, 5, 20), (body, partSize) => {
        const whole = listViolations(request, body, limit);
        const options = { limit, partSize };

        expect(judgeInParts(format, body, { ...options, enough: Infinity })).toEqual(whole);
        for (const enough of [1, 2, Math.ceil(whole.length / 2), whole.length]) {
          const first = judgeInParts(format, body, { ...options, enough });
          expect(first).toEqual(whole.slice(0, enough));
        }
      }),
      runs(500),
    );
  },
  patience,
);

/** Lists of its lists come again and again, each time with other faults. */
function longBody(format: Format): fc.Arbitrary<Body> {
  return fc
    .tuple(nearBody(format), fc.array(nearBody(format), { maxLength: 4 }))
    .map(([body, others]): Body => others.reduce(joinLists, body));
}

function joinLists(body: Body, other: Body): Body {
  const members = Object.entries({ ...other, ...body }).map(([name, value]) => {
    const more = other[name];
    return [name, Array.isArray(value) && Array.isArray(more) ? [...value, ...more] : value];
  });
  return Object.fromEntries(members);
}

function judgeInParts(
  format: Format,
  body: Body,
  options: Parameters<typeof listViolationsInParts>[2],
): readonly string[] {
  const work = listViolationsInParts(formats[format].request, body, options);
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
  }
}
