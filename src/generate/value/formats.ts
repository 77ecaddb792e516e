import { firstWords, lastWords } from './words.ts';

/** What our random stream and json-schema-faker's have in common. */
interface Source {
  next(): number;
  pick<Item>(items: readonly Item[]): Item;
}

export type MakeText = (source: Source) => string;

/** How texts of the formats are made that a client's validator may check. */
export const formats: ReadonlyMap<string, MakeText> = new Map(
  Object.entries<MakeText>({
    date: makeDate,
    time: makeTime,
    'date-time': (source) => `${makeDate(source)}T${makeTime(source)}`,
    duration: (source) => source.pick(['PT15M', 'PT1H30M', 'P1D', 'P2W']),
    email: makeEmail,
    'idn-email': makeEmail,
    uri: makeUri,
    url: makeUri,
    iri: makeUri,
    'uri-reference': makeUri,
    'iri-reference': makeUri,
    'uri-template': (source) => `${makeUri(source)}/{id}`,
    hostname: makeHost,
    'idn-hostname': makeHost,
    ipv4: (source) => `192.0.2.${upTo(source, 255)}`,
    ipv6: (source) => `2001:db8::${makeHex(source, 4)}`,
    uuid: makeUuid,
    regex: (source) => source.pick(['^[a-z]+$', '[0-9]{3}']),
    'json-pointer': (source) => `/${source.pick(lastWords)}`,
    'json-pointer-uri-fragment': (source) => `#/${source.pick(lastWords)}`,
    'relative-json-pointer': (source) => `1/${source.pick(lastWords)}`,
  }),
);

function upTo(source: Source, most: number): number {
  return Math.floor(source.next() * (most + 1));
}

function makeDate(source: Source): string {
  const [month, day] = [1 + upTo(source, 11), 1 + upTo(source, 27)];
  return `2025-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}

function makeTime(source: Source): string {
  const [hour, minute] = [upTo(source, 23), upTo(source, 59)];
  return `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}:00Z`;
}

function makeHex(source: Source, digits: number): string {
  return Array.from({ length: digits }, () => upTo(source, 15).toString(16)).join('');
}

function makeEmail(source: Source): string {
  return `${source.pick(firstWords)}.${source.pick(lastWords)}@example.com`;
}

function makeUri(source: Source): string {
  return `https://example.com/${source.pick(firstWords)}/${source.pick(lastWords)}`;
}

function makeHost(source: Source): string {
  return `${source.pick(lastWords)}.example.com`;
}

function makeUuid(source: Source): string {
  const [first, second, third, fourth, last] = [8, 4, 3, 3, 12].map((count) =>
    makeHex(source, count),
  );
  return `${first}-${second}-4${third}-8${fourth}-${last}`;
}
