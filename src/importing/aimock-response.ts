import { readNumber, readObject, readObjects, readText } from '../dialect/read.ts';
import { isJsonObject, type JsonObject, type JsonValue } from '../exchange/json.ts';
import type { Step } from '../scenario/step-schema.ts';
import { withoutPrefix } from './aimock-match.ts';
import { convertPace } from './aimock-pace.ts';
import type { Loss } from './leftover.ts';
import { findError } from './read-error.ts';
import { readArguments } from './spoken.ts';

export interface ConvertedResponse {
  readonly step: Step;
  /** Of a stream that breaks off; whole answers do not. */
  readonly brokenStep?: Step | undefined;
  readonly losses: readonly Loss[];
}

/** The answer of an aimock fixture as a step, or why there can be none. */
export function convertResponse(
  response: JsonObject,
  entry: JsonObject,
): ConvertedResponse | { readonly problem: string } {
  const chaos = convertChaos(readObject(entry['chaos']));
  if (isJsonObject(response['error'])) {
    const { step, losses } = convertError(response, response['error']);
    return { step: { ...step, ...chaos.step }, losses: [...losses, ...chaos.losses] };
  }
  const said = readSaid(response);
  if (!said) {
    const kind = Object.keys(response)[0] ?? 'nothing';
    return { problem: `its response is of a kind that LongCat does not have (${kind})` };
  }
  const spoken = { ...speak(response, said), ...chaos.step };
  const pace = convertPace(entry, said.text);
  return {
    step: { ...spoken, ...replaceText(spoken, pace.stream) },
    brokenStep: pace.broken && {
      ...spoken,
      ...replaceText(spoken, pace.broken.stream),
      fault: pace.broken.fault,
    },
    losses: [...findLosses(response, said), ...chaos.losses, ...pace.losses],
  };
}

interface Said {
  readonly text: string;
  readonly calls: readonly JsonObject[];
  /** Whether a call comes before a text. */
  readonly disordered: boolean;
}

function readSaid(response: JsonObject): Said | undefined {
  const blocks = readObjects(response['blocks']);
  if (blocks.length > 0) {
    const kinds = blocks.map(({ type }) => type);
    const disordered =
      kinds.lastIndexOf('text') > Math.max(kinds.indexOf('toolCall'), -1) &&
      kinds.includes('toolCall');
    const texts = blocks
      .filter(({ type }) => type === 'text')
      .map(({ text }) => readText(text) ?? '');
    return {
      text: texts.join(''),
      calls: blocks.filter(({ type }) => type === 'toolCall'),
      disordered,
    };
  }
  const { content, toolCalls } = response;
  if (content === undefined && !Array.isArray(toolCalls)) return undefined;
  const text = typeof content === 'string' ? content : content ? JSON.stringify(content) : '';
  return { text, calls: readObjects(toolCalls), disordered: false };
}

function speak(response: JsonObject, { text, calls }: Said): Step {
  const thinking = readText(response['reasoning']);
  const finish = readText(response['finishReason']);
  const usage = readUsage(readObject(response['usage']));
  return {
    ...(thinking && { thinking }),
    ...((text !== '' || calls.length === 0) && { text }),
    ...(calls.length > 0 && { toolCalls: calls.map(convertCall) }),
    ...(isFinish(finish) && { finishReason: finish }),
    ...(Object.keys(usage).length > 0 && { usage }),
  };
}

/** Pieces stand in the place of the text. */
function replaceText({ text }: Step, stream: Step['stream']): Pick<Step, 'stream' | 'text'> {
  if (!stream) return {};
  return { stream, text: stream.chunks ? undefined : text };
}

function convertCall(call: JsonObject): NonNullable<Step['toolCalls']>[number] {
  const given = call['arguments'] ?? {};
  const id = readText(call['id']);
  return {
    name: readText(call['name']) ?? '',
    arguments: toArguments(given),
    ...(id !== undefined && isSendable(id) && { id: withoutPrefix(id) }),
  };
}

function toArguments(value: JsonValue): Record<string, unknown> | string {
  if (typeof value === 'string') return readArguments(value);
  return isJsonObject(value) ? { ...value } : JSON.stringify(value);
}

function isSendable(id: string): boolean {
  return /^[0-9A-Za-z_-]+$/.test(withoutPrefix(id));
}

function isFinish(reason: string | undefined): reason is NonNullable<Step['finishReason']> {
  return reason === 'stop' || reason === 'length' || reason === 'tool_calls';
}

function readUsage(usage: JsonObject): NonNullable<Step['usage']> {
  const input = readNumber(usage['prompt_tokens'] ?? usage['input_tokens']);
  const output = readNumber(usage['completion_tokens'] ?? usage['output_tokens']);
  const cached = readNumber(readObject(usage['prompt_tokens_details'])['cached_tokens']);
  const reasoning = readNumber(readObject(usage['completion_tokens_details'])['reasoning_tokens']);
  return {
    ...(input !== undefined && { input }),
    ...(output !== undefined && { output }),
    ...(cached !== undefined && { cached }),
    ...(reasoning !== undefined && { reasoning }),
  };
}

/** What the mock makes itself: ids and stamps change with every answer. */
const carried = [
  ...['content', 'toolCalls', 'blocks', 'reasoning', 'usage', 'id', 'created'],
  ...['systemFingerprint', 'webSearches', 'finishReason', 'role'],
];

function findLosses(response: JsonObject, { calls, disordered }: Said): readonly Loss[] {
  const finish = readText(response['finishReason']);
  const searches = response['webSearches'];
  const others = Object.keys(response).filter((name) => !carried.includes(name));
  return [
    ...others.map((what) => ({ what, why: 'LongCat’s answers have nothing like it' })),
    ...(Array.isArray(searches) && searches.length > 0
      ? [{ what: 'webSearches', why: 'LongCat’s answers have nothing like it' }]
      : []),
    ...(finish !== undefined && !isFinish(finish)
      ? [{ what: `finishReason "${finish}"`, why: 'fixtures have no word for it' }]
      : []),
    ...(disordered
      ? [{ what: 'the order of the blocks', why: 'a fixture says its text before its calls' }]
      : []),
    ...calls.flatMap(({ id }) => findIdLoss(readText(id))),
  ];
}

function findIdLoss(id: string | undefined): readonly Loss[] {
  if (id === undefined || (isSendable(id) && id !== withoutPrefix(id))) return [];
  const why = isSendable(id)
    ? `LongCat’s ids begin with "call_" or "toolu_": it is sent with that before it`
    : 'ids are of letters, digits, _ and -';
  return [{ what: `the id "${id}"`, why }];
}

function convertError(
  response: JsonObject,
  error: JsonObject,
): Pick<ConvertedResponse, 'step' | 'losses'> {
  const status = readNumber(response['status']) ?? 500;
  const retryAfter = readNumber(response['retryAfter']);
  const { message = '', type = 'server_error', code, param, metadata } = error;
  const name = findError(status, { error: { code, type, message } });
  const others = {
    ...(param !== undefined && { param }),
    ...(metadata !== undefined && { metadata }),
  };
  const losses =
    metadata === undefined ? [] : [{ what: 'error.metadata', why: 'it is OpenRouter’s' }];
  if (name !== undefined && Object.keys(others).length === 0 && typeof message === 'string') {
    const header = retryAfter !== undefined && { retryAfterHeader: retryAfter };
    return { step: { error: { name, message, ...header } }, losses };
  }
  const body = { error: { message, type, param: param ?? null, code: code ?? null } };
  const headers =
    retryAfter === undefined ? {} : { headers: { 'retry-after': String(retryAfter) } };
  return { step: { status, ...headers, body, raw: true }, losses };
}

/** Chances: one of them at most can be a fault here. */
function convertChaos(chaos: JsonObject): {
  readonly step: Partial<Step>;
  readonly losses: readonly Loss[];
} {
  const { latencyMs, disconnectRate, ...others } = chaos;
  const delay = readNumber(latencyMs);
  const probability = readNumber(disconnectRate);
  return {
    step: {
      ...(delay !== undefined && { delay }),
      ...(probability && { fault: { type: 'EMPTY_RESPONSE' as const, probability } }),
    },
    losses: Object.keys(others).map((name) => ({
      what: `chaos.${name}`,
      why: 'a fixture has no chance of another answer',
    })),
  };
}
