import { readNumber, readObject, readText } from '../dialect/read.ts';
import { isJsonObject, type JsonObject } from '../exchange/json.ts';
import type { Draft, Imported, SourceFile } from './draft.ts';
import { readJson } from './json.ts';
import type { Leftover, Loss } from './leftover.ts';
import { redactDraft } from './redact.ts';
import { slug } from './slug.ts';
import { convertRequest } from './wiremock-request.ts';
import { type BodyFiles, convertStubResponse } from './wiremock-response.ts';

/** A part of the stubs that is a fixture file of its own. */
export interface ImportedStubs extends Imported {
  /** The scenario that the file has to be, as one file has one state machine. */
  readonly scenario?: string | undefined;
}

/**
 * The stub mappings of WireMock. Several scenarios with states become several files, each with a
 * scenario that is to be selected; those of one scenario stay with the rest.
 */
export function importWireMock(
  files: readonly SourceFile[],
  bodies: BodyFiles = new Map(),
): readonly ImportedStubs[] {
  const stubs = files.flatMap((file) => readStubs(file, bodies));
  const scenarios = new Set(stubs.flatMap(({ scenario }) => scenario ?? []));
  if (scenarios.size <= 1) return [gather(stubs)];
  return [undefined, ...scenarios].map((name) => {
    const own = gather(stubs.filter(({ scenario }) => scenario === name));
    if (name === undefined) return own;
    const scenario = slug(name);
    const notice = `WireMock’s scenario "${name}" has a file of its own: select it as "${scenario}".`;
    return { ...own, scenario, notices: [...own.notices, notice] };
  });
}

interface Stub {
  readonly scenario?: string | undefined;
  readonly draft?: Draft;
  readonly found?: boolean;
  readonly leftovers: readonly Leftover[];
}

function gather(stubs: readonly Stub[]): Imported {
  const drafts = stubs.flatMap(({ draft }) => draft ?? []);
  return {
    drafts,
    leftovers: stubs.flatMap(({ leftovers }) => leftovers),
    notices: stubs.flatMap(({ draft, found }) =>
      draft && found
        ? [`${draft.file}: ${draft.entry}: something that looks like a key was left out.`]
        : [],
    ),
  };
}

/** A file holds one mapping, or a list of them. */
function readStubs({ file, text }: SourceFile, bodies: BodyFiles): readonly Stub[] {
  const read = readJson(text);
  const refuse = (why: string) => [
    { leftovers: [{ file, entry: 'all of it', what: 'the file', why }] },
  ];
  if ('problem' in read) return refuse(read.problem);
  if (!isJsonObject(read.value)) return refuse('it is no object');
  const { mappings } = read.value;
  const list: readonly unknown[] = Array.isArray(mappings) ? mappings : [read.value];
  return list.map((mapping, index) => {
    const place = { file, entry: nameStub(mapping, index) };
    const isStub = isJsonObject(mapping) && isJsonObject(mapping['response']);
    const lost = { ...place, what: 'the whole stub', why: 'it is no stub mapping' };
    return isStub ? readStub(mapping, place, bodies) : { leftovers: [lost] };
  });
}

function nameStub(mapping: unknown, index: number): string {
  const name = isJsonObject(mapping) ? readText(mapping['name']) : undefined;
  return name === undefined ? `stub ${index + 1}` : `stub ${index + 1} "${name}"`;
}

type Place = Pick<Leftover, 'file' | 'entry'>;

function readStub(mapping: JsonObject, place: Place, bodies: BodyFiles): Stub {
  const locate = (losses: readonly Loss[]) => losses.map((loss) => ({ ...place, ...loss }));
  const refuse = (why: string): Stub => ({ leftovers: locate([{ what: 'the whole stub', why }]) });
  const request = convertRequest(readObject(mapping['request']));
  if ('problem' in request) return refuse(request.problem);
  const response = convertStubResponse(readObject(mapping['response']), bodies);
  if ('problem' in response) return refuse(response.problem);
  const scenario = readText(mapping['scenarioName']);
  const state = scenario === undefined ? undefined : readState(mapping);
  const name = readText(mapping['name']);
  const priority = readNumber(mapping['priority']);
  const { draft, found } = redactDraft({
    ...place,
    fixture: {
      ...(name !== undefined && { description: name }),
      ...(priority !== undefined && { priority: Math.trunc(priority) }),
      match: request.match,
      respond: response.step,
      ...(state && Object.keys(state).length > 0 && { state }),
    },
  });
  const losses = [...request.losses, ...response.losses, ...listUnknown(mapping)];
  return { scenario, draft, found, leftovers: locate(losses) };
}

function readState(mapping: JsonObject): { requires?: string; sets?: string } {
  const requires = readText(mapping['requiredScenarioState']);
  const sets = readText(mapping['newScenarioState']);
  return { ...(requires && { requires }), ...(sets && { sets }) };
}

/** What says nothing of requests and answers is passed over. */
const known = [
  ...['request', 'response', 'id', 'uuid', 'name', 'priority', 'persistent', 'insertionIndex'],
  ...[
    'scenarioName',
    'requiredScenarioState',
    'newScenarioState',
    'metadata',
    'comment',
    '$schema',
  ],
];

function listUnknown(mapping: JsonObject): readonly Loss[] {
  return Object.keys(mapping)
    .filter((name) => !known.includes(name))
    .map((what) => ({ what, why: 'fixtures have nothing like it' }));
}
