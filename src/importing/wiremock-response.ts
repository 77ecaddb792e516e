import { readNumber, readObject, readText, readTexts } from '../dialect/read.ts';
import { faultTypes, isConnectionFault, splitText } from '../exchange/delivery.ts';
import { isJsonObject, type JsonObject, type JsonValue } from '../exchange/json.ts';
import { Delay } from '../scenario/delivery-schema.ts';
import type { Step } from '../scenario/step-schema.ts';
import type { Loss } from './leftover.ts';
import { readAnswer, type WireAnswer } from './read-answer.ts';

/** The text of a file in `__files`, or why it cannot be had. */
export type BodyFiles = ReadonlyMap<
  string,
  { readonly text: string } | { readonly problem: string }
>;

export interface ConvertedStubResponse {
  readonly step: Step;
  readonly losses: readonly Loss[];
}

type Converted = ConvertedStubResponse | { readonly problem: string };

/** The answer of a stub as a step, or why there can be none. */
export function convertStubResponse(response: JsonObject, files: BodyFiles): Converted {
  if (response['proxyBaseUrl'] !== undefined)
    return { problem: 'it passes requests on to a server' };
  const delay = convertDelay(response);
  if ('problem' in delay) return delay;
  const fault = readText(response['fault']);
  if (fault !== undefined) return convertFault(fault, delay);
  const body = readBody(response, files);
  if ('problem' in body) return body;
  const templated = readTexts(response['transformers']).includes('response-template');
  if (templated && body.text.includes('{{')) {
    return { problem: 'its body is a template, and fixtures have none' };
  }
  const status = readNumber(response['status']) ?? 200;
  if (status < 200 || status > 599) return { problem: `its status ${status} is no answer’s` };
  const answer: WireAnswer = { status, headers: readHeaders(response), body: body.text };
  const { step, losses, pieces } = readAnswer(answer);
  const dribble = convertDribble(response, step, pieces);
  return {
    step: { ...dribble.step, ...delay.step },
    losses: [...losses, ...delay.losses, ...dribble.losses, ...listUnknown(response, templated)],
  };
}

function convertFault(fault: string, { step, losses }: ConvertedStubResponse): Converted {
  const type = faultTypes.find((each) => each === fault);
  if (type === undefined || !isConnectionFault(type))
    return { problem: `it has the unknown fault "${fault}"` };
  return { step: { ...step, fault: type }, losses };
}

function readBody(
  response: JsonObject,
  files: BodyFiles,
): { readonly text: string } | { readonly problem: string } {
  const { body, jsonBody, base64Body, bodyFileName } = response;
  if (jsonBody !== undefined) return { text: JSON.stringify(jsonBody) };
  if (typeof body === 'string') return { text: body };
  if (typeof base64Body === 'string')
    return { text: Buffer.from(base64Body, 'base64').toString('utf8') };
  if (typeof bodyFileName !== 'string') return { text: '' };
  const file = files.get(bodyFileName);
  if (!file) return { problem: `there is no file "${bodyFileName}" in __files` };
  return 'problem' in file ? { problem: `its file "${bodyFileName}": ${file.problem}` } : file;
}

function readHeaders(response: JsonObject): Readonly<Record<string, string>> {
  const headers = Object.entries(readObject(response['headers'])).map(([name, value]) => [
    name.toLowerCase(),
    readTexts(value).join(', '),
  ]);
  return Object.fromEntries(headers) as Record<string, string>; // of texts
}

function convertDelay(response: JsonObject): Converted {
  const fixed = readNumber(response['fixedDelayMilliseconds']);
  const given: JsonValue | undefined = response['delayDistribution'] ?? fixed;
  if (given === undefined) return { step: {}, losses: [] };
  const { type, milliseconds } = readObject(given);
  const delay = Delay.safeParse(type === 'fixed' ? milliseconds : given);
  if (!delay.success) {
    const why = 'fixtures wait for a time, or for one of a lognormal or uniform distribution';
    return { step: {}, losses: [{ what: 'response.delayDistribution', why }] };
  }
  const both = fixed !== undefined && isJsonObject(given);
  const why = 'fixtures have one delay; the distribution stays';
  return {
    step: { delay: delay.data },
    losses: both ? [{ what: 'response.fixedDelayMilliseconds', why }] : [],
  };
}

/** So many pieces, at even distances; whole answers cannot be had in pieces. */
function convertDribble(
  response: JsonObject,
  step: Step,
  streamed: readonly string[] = [],
): ConvertedStubResponse {
  const dribble = readObject(response['chunkedDribbleDelay']);
  const total = readNumber(dribble['totalDuration']);
  if (total === undefined) return { step, losses: [] };
  const { text, ...rest } = step;
  if (!text) {
    const why = 'only the text of an answer can be paced';
    return { step, losses: [{ what: 'response.chunkedDribbleDelay', why }] };
  }
  const pieces = streamed.length > 0 ? streamed : splitText(text);
  const count = Math.max(1, Math.min(readNumber(dribble['numberOfChunks']) ?? 1, pieces.length));
  const size = Math.ceil(pieces.length / count);
  const chunks = Array.from({ length: Math.ceil(pieces.length / size) }, (_, index) => ({
    text: pieces.slice(index * size, (index + 1) * size).join(''),
    atMs: Math.round((total * (index + 1)) / count),
  }));
  return { step: { ...rest, stream: { chunks } }, losses: [] };
}

const carried = [
  ...['status', 'body', 'jsonBody', 'base64Body', 'bodyFileName', 'headers', 'statusMessage'],
  ...['fixedDelayMilliseconds', 'delayDistribution', 'chunkedDribbleDelay', 'fault'],
];

function listUnknown(response: JsonObject, templated: boolean): readonly Loss[] {
  const others = Object.keys(response).filter((name) => !carried.includes(name));
  const transformers = readTexts(response['transformers']);
  const harmless = templated && transformers.length === 1; // a template without a place to fill
  return others
    .filter((name) => !(harmless && name === 'transformers'))
    .map((name) => ({ what: `response.${name}`, why: 'fixtures have nothing like it' }));
}
