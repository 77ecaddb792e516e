import { readNumber, readObject } from '../dialect/read.ts';
import { isJsonObject, type JsonObject } from '../exchange/json.ts';
import type { Step } from '../scenario/step-schema.ts';
import { type ConvertedMatch, convertMatch } from './aimock-match.ts';
import { convertResponse } from './aimock-response.ts';
import type { Draft, Imported, SourceFile } from './draft.ts';
import { readJson } from './json.ts';
import type { Leftover, Loss } from './leftover.ts';
import { redactDraft } from './redact.ts';

/**
 * The fixture files of @copilotkit/aimock, in the order in which it loads them: of two that fit a
 * request, the first answers there.
 */
export function importAimock(files: readonly SourceFile[]): Imported {
  const read = files.map(readFile);
  const entries = read.flatMap((each) => each.entries);
  const groups = groupSequences(entries);
  const single = groups.length === 1;
  const drafts = groups.flatMap((group, index) =>
    draftGroup(group).map((draft) =>
      single ? draft : { ...draft, fixture: { ...draft.fixture, priority: firstPriority + index } },
    ),
  );
  const redacted = drafts.map((draft) => redactDraft(draft));
  return {
    drafts: redacted.map(({ draft }) => draft),
    leftovers: [
      ...read.flatMap((each) => each.leftovers),
      ...groups.flatMap((group) => [
        ...group.entries.flatMap((entry) => entry.leftovers),
        ...group.leftovers,
      ]),
    ],
    notices: [
      ...redacted
        .filter(({ found }) => found)
        .map(
          ({ draft }) =>
            `${draft.file}: ${draft.entry}: something that looks like a key was left out.`,
        ),
      ...listNotices(entries),
    ],
  };
}

/** After those of a user’s own that name no priority. */
const firstPriority = 10;

interface Entry {
  readonly file: string;
  readonly entry: string;
  readonly source: JsonObject;
  readonly converted: ConvertedMatch;
  readonly step: Step;
  /** Of a stream that breaks: what it is like, besides the whole answer in `step`. */
  readonly brokenStep?: Step | undefined;
  readonly leftovers: readonly Leftover[];
}

interface ReadFile {
  readonly entries: readonly Entry[];
  readonly leftovers: readonly Leftover[];
}

function readFile({ file, text }: SourceFile): ReadFile {
  const refuse = (why: string): ReadFile => ({
    entries: [],
    leftovers: [{ file, entry: 'all of it', what: 'the file', why }],
  });
  const read = readJson(text);
  if ('problem' in read) return refuse(read.problem);
  const fixtures = isJsonObject(read.value) ? read.value['fixtures'] : undefined;
  if (!Array.isArray(fixtures)) return refuse('it has no list of fixtures');
  const results = fixtures.map((source: unknown, index) =>
    readEntry(source, { file, entry: `fixture ${index + 1}` }),
  );
  return {
    entries: results.flatMap((result) => ('source' in result ? [result] : [])),
    leftovers: results.flatMap((result) => ('source' in result ? [] : [result])),
  };
}

type Place = Pick<Leftover, 'file' | 'entry'>;

function readEntry(source: unknown, place: Place): Entry | Leftover {
  const refuse = (why: string): Leftover => ({ ...place, what: 'the whole fixture', why });
  if (!isJsonObject(source)) return refuse('it is no object');
  const { match, response } = source;
  if (!isJsonObject(match) || !isJsonObject(response)) return refuse('it lacks match or response');
  const converted = convertMatch(match);
  if ('problem' in converted) return refuse(converted.problem);
  const answer = convertResponse(response, source);
  if ('problem' in answer) return refuse(answer.problem);
  const losses = [...listUnknown(source), ...converted.losses, ...answer.losses];
  return {
    ...place,
    source,
    converted,
    step: answer.step,
    brokenStep: answer.brokenStep,
    leftovers: losses.map((loss) => ({ ...place, ...loss })),
  };
}

const knownMembers = [
  ...['match', 'response', 'latency', 'chunkSize', 'truncateAfterChunks', 'disconnectAfterMs'],
  ...['streamingProfile', 'recordedTimings', 'replaySpeed', 'chaos', 'metadata'],
];

function listUnknown(source: JsonObject): readonly Loss[] {
  return Object.keys(source)
    .filter((name) => !knownMembers.includes(name))
    .map((what) => ({ what, why: 'it has no counterpart here' }));
}

interface Group {
  readonly entries: readonly Entry[];
  readonly leftovers: readonly Leftover[];
}

/** Fixtures that differ in their sequenceIndex alone are one fixture with several steps. */
function groupSequences(entries: readonly Entry[]): readonly Group[] {
  const groups = new Map<unknown, Entry[]>();
  for (const entry of entries) {
    const { sequenceIndex, ...others } = readObject(entry.source['match']);
    const key = sequenceIndex === undefined ? entry : canonical(others);
    groups.set(key, [...(groups.get(key) ?? []), entry]);
  }
  return [...groups.values()].map(orderSequence);
}

function canonical(match: JsonObject): string {
  return JSON.stringify(
    Object.entries(match).toSorted(([left], [right]) => (left < right ? -1 : 1)),
  );
}

/** It counts what the whole sequence has answered: after a gap, and for a second of one index, never. */
function orderSequence(group: readonly Entry[]): Group {
  if (indexOf(group[0]) === undefined) return { entries: group, leftovers: [] };
  const entries: Entry[] = [];
  let next = group[0];
  while (next) {
    next = group.find((entry) => indexOf(entry) === entries.length);
    if (next) entries.push(next);
  }
  const what = 'the whole fixture';
  const why =
    'aimock itself never comes to it: an index before it is missing, or it is there twice';
  const lost = group.filter((entry) => !entries.includes(entry));
  return { entries, leftovers: lost.map(({ file, entry }) => ({ file, entry, what, why })) };
}

function indexOf(entry: Entry | undefined): number | undefined {
  return readNumber(readObject(entry?.source['match'])['sequenceIndex']);
}

function draftGroup({ entries }: Group): readonly Draft[] {
  const [first] = entries;
  if (!first) return [];
  const { file, entry, converted, brokenStep } = first;
  const { match } = converted;
  if (indexOf(first) !== undefined) {
    const names = entries.map((each) => each.entry.replace(/^\D+/, '')).join(', ');
    const respond = entries.map(({ step }) => step);
    const name = entries.length === 1 ? entry : `fixtures ${names}`;
    return [{ file, entry: name, fixture: { match, respond, afterLast: 'fallthrough' } }];
  }
  if (!brokenStep) return [{ file, entry, fixture: { match, respond: first.step } }];
  return [
    { file, entry, fixture: { match: { ...match, stream: true }, respond: brokenStep } },
    { file, entry, fixture: { match: { ...match, stream: false }, respond: first.step } },
  ];
}

function listNotices(entries: readonly Entry[]): readonly string[] {
  const some = (test: (entry: Entry) => boolean) => entries.some(test);
  const models = new Set(entries.flatMap(({ converted }) => converted.models));
  return [
    ...(models.size > 0
      ? [
          `Some fixtures want models that LongCat does not have: serve them with --models ${[...models].join(',')}.`,
        ]
      : []),
    ...(some(({ converted }) => converted.match.turnIndex !== undefined)
      ? ['turnIndex is exact here; aimock takes the nearest where none fits.']
      : []),
    ...(some(({ step }) => step.thinking !== undefined)
      ? ['The reasoning shows where a request wants thinking, as at LongCat.']
      : []),
  ];
}
