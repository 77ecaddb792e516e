import { readContent, readNumber, readObject, readObjects, readText } from '../dialect/read.ts';
import type { JsonObject, JsonValue } from '../exchange/json.ts';
import type { Step } from '../scenario/step-schema.ts';
import type { SentEvent } from './events.ts';
import type { Loss } from './leftover.ts';
import { endStream, readFrames } from './read-stream.ts';
import type { Spoken, SpokenCall } from './spoken.ts';

/** Whether a body is a whole answer of this format. */
export function isCompletion(body: JsonObject): boolean {
  return readObjects(body['choices']).some(({ message }) => message !== undefined);
}

/** What a whole answer said. */
export function readCompletion(body: JsonObject): Spoken {
  const choices = readObjects(body['choices']);
  const choice = choices[0] ?? {};
  const message = readObject(choice['message']);
  const { content } = message;
  return {
    thinking: readThinking(message),
    text: content === null || content === undefined ? null : readContent(content),
    calls: readCalls(message),
    finish: readFinish(choice['finish_reason']),
    usage: readUsage(body['usage']),
    losses: [
      ...findOtherAnswers(choices.map((each) => readObject(each['message']))),
      ...findLosses(choice),
      ...findMessageLosses(message),
    ],
  };
}

/** What a streamed answer said, and how it ended. */
export function readChatStream(events: readonly SentEvent[]): Spoken {
  const { frames, losses: broken } = readFrames(events);
  const deltas = frames.flatMap(({ choices }) =>
    readObjects(choices).filter(({ index = 0 }) => index === 0),
  );
  const messages = deltas.map(({ delta }) => readObject(delta));
  const pieces = messages.map(({ content }) => readContent(content)).filter(Boolean);
  const thinking = messages.map(readThinking).join('');
  const finish = deltas.map((choice) => readFinish(choice['finish_reason'])).findLast(Boolean);
  const spoken = {
    thinking,
    text: pieces.length === 0 && thinking !== '' ? null : pieces.join(''),
    pieces,
    calls: gatherCalls(messages.flatMap((message) => readObjects(message['tool_calls']))),
    finish,
    usage: frames.map(({ usage }) => readUsage(usage)).findLast(Boolean),
  };
  const error = frames.find((frame) => frame['error'] !== undefined);
  const ended = events.some(({ data }) => data === '[DONE]');
  const end = endStream(spoken, { error, ended });
  const others = frames.some(({ choices }) =>
    readObjects(choices).some(({ index = 0 }) => index !== 0),
  );
  return {
    ...spoken,
    fault: end.fault,
    losses: [
      ...broken,
      ...(others ? [severalAnswers] : []),
      ...unique([...deltas.flatMap(findLosses), ...messages.flatMap(findMessageLosses)]),
      ...end.losses,
    ],
  };
}

/** Vendors name it in two ways. */
function readThinking(message: JsonObject): string {
  return readText(message['reasoning_content']) ?? readText(message['reasoning']) ?? '';
}

function readCalls(message: JsonObject): readonly SpokenCall[] {
  return readObjects(message['tool_calls']).map((call) => {
    const custom = call['type'] === 'custom';
    const callee = readObject(custom ? call['custom'] : call['function']);
    const input = readText(callee[custom ? 'input' : 'arguments']) ?? '';
    return { name: readText(callee['name']) ?? '', input, free: custom };
  });
}

/** Later deltas of a call may carry null for its id and name. */
function gatherCalls(deltas: readonly JsonObject[]): readonly SpokenCall[] {
  const calls = new Map<number, SpokenCall>();
  for (const delta of deltas) {
    const index = readNumber(delta['index']) ?? 0;
    const [part] = readCalls({ tool_calls: [delta] });
    const { name = '', input = '', free } = calls.get(index) ?? {};
    calls.set(index, {
      name: name || (part?.name ?? ''),
      input: input + (part?.input ?? ''),
      free: free ?? part?.free,
    });
  }
  return [...calls].toSorted(([left], [right]) => left - right).map(([, call]) => call);
}

function readFinish(reason: JsonValue | undefined): Spoken['finish'] {
  if (typeof reason !== 'string') return undefined;
  if (reason === 'length') return 'length';
  return reason === 'tool_calls' || reason === 'function_call' ? 'tool_calls' : 'stop';
}

function readUsage(value: JsonValue | undefined): Step['usage'] {
  const usage = readObject(value);
  if (Object.keys(usage).length === 0) return undefined;
  const input = readNumber(usage['prompt_tokens']);
  const output = readNumber(usage['completion_tokens']);
  const cached = readNumber(readObject(usage['prompt_tokens_details'])['cached_tokens']);
  const reasoning = readNumber(readObject(usage['completion_tokens_details'])['reasoning_tokens']);
  return {
    ...(input !== undefined && { input }),
    ...(output !== undefined && { output }),
    ...(cached && { cached }),
    ...(reasoning !== undefined && { reasoning }),
  };
}

const severalAnswers: Loss = {
  what: 'the answers after the first',
  why: 'a fixture says the same in each of several answers',
};

function findOtherAnswers(messages: readonly JsonObject[]): readonly Loss[] {
  const texts = new Set(messages.map((message) => JSON.stringify(message)));
  return texts.size > 1 ? [severalAnswers] : [];
}

function findLosses(choice: JsonObject): readonly Loss[] {
  const { finish_reason: finish, logprobs, matched_stop: stop } = choice;
  const why = 'fixtures have no word for it; the answer finishes with "stop"';
  return [
    ...(logprobs ? [{ what: 'logprobs', why: 'the mock makes its own' }] : []),
    ...(typeof stop === 'string'
      ? [{ what: 'matched_stop', why: 'fixtures cannot say which text stopped the answer' }]
      : []),
    ...(typeof finish === 'string' && !knownFinishes.includes(finish)
      ? [{ what: `finish_reason "${finish}"`, why }]
      : []),
  ];
}

const knownFinishes = ['stop', 'length', 'tool_calls'];

function findMessageLosses(message: JsonObject): readonly Loss[] {
  return ['refusal', 'audio', 'annotations', 'function_call', 'images']
    .filter((name) => {
      const value = message[name];
      return Array.isArray(value) ? value.length > 0 : Boolean(value);
    })
    .map((what) => ({ what, why: 'LongCat’s answers have no such member' }));
}

function unique(losses: readonly Loss[]): readonly Loss[] {
  return [...new Map(losses.map((loss) => [loss.what, loss])).values()];
}
