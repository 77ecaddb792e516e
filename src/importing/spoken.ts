import { splitText } from '../exchange/delivery.ts';
import { isJsonObject, writeJson } from '../exchange/json.ts';
import type { Step } from '../scenario/step-schema.ts';
import { readJson } from './json.ts';
import type { Loss } from './leftover.ts';

/** What an answer said, whichever format it said it in. */
export interface Spoken {
  readonly thinking: string;
  /** Null where the format told that there is none. */
  readonly text: string | null;
  readonly calls: readonly SpokenCall[];
  /** Absent when the answer broke off before it told. */
  readonly finish?: NonNullable<Step['finishReason']> | undefined;
  readonly usage?: Step['usage'] | undefined;
  /** Of a stream: the pieces of the text, and how it ended. */
  readonly pieces?: readonly string[] | undefined;
  readonly fault?: Step['fault'] | undefined;
  readonly losses: readonly Loss[];
}

export interface SpokenCall {
  readonly name: string;
  readonly input: string;
  /** A custom tool takes any text; that of a function is JSON. */
  readonly free?: boolean | undefined;
}

/** The step of a fixture that says the same. */
export function toStep({ thinking, text, calls, finish, usage, ...rest }: Spoken): Step {
  const usual = calls.length > 0 ? 'tool_calls' : 'stop';
  const toolCalls = calls.map(({ name, input, free }) => ({
    name,
    arguments: free ? input : readArguments(input),
  }));
  return {
    ...(thinking !== '' && { thinking }),
    ...((text || calls.length === 0) && sayText({ text, ...rest })),
    ...(calls.length > 0 && { toolCalls }),
    ...(finish !== undefined && finish !== usual && { finishReason: finish }),
    ...(usage && Object.keys(usage).length > 0 && { usage }),
    ...(rest.fault !== undefined && { fault: rest.fault }),
  };
}

/** A stream that breaks keeps its pieces: they decide where it breaks. */
function sayText({
  text,
  pieces = [],
  fault,
}: Pick<Spoken, 'text' | 'pieces' | 'fault'>): Pick<Step, 'text' | 'stream'> {
  return fault === undefined || pieces.length === 0
    ? { text }
    : { stream: { chunks: [...pieces] } };
}

/** An object where that is the same text again, as the mock writes it or without its spaces. */
export function readArguments(input: string): Record<string, unknown> | string {
  if (input === '') return {};
  const read = readJson(input);
  if ('problem' in read || !isJsonObject(read.value)) return input;
  const { value } = read;
  return writeJson(value) === input || JSON.stringify(value) === input ? { ...value } : input;
}

/** How many chunks with content the mock sends of all this. */
export function countPieces({ thinking, pieces = [], calls }: Omit<Spoken, 'losses'>): number {
  const inputs = calls.flatMap(({ input }) => splitText(input));
  return splitText(thinking).length + pieces.length + inputs.length;
}
