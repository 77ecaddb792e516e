import { isJsonObject } from '../exchange/json.ts';
import type { Step } from '../scenario/step-schema.ts';
import { looksLikeEvents, readEvents, type SentEvent } from './events.ts';
import { readJson } from './json.ts';
import type { Loss } from './leftover.ts';
import { isMessage, readMessage, readMessageStream } from './read-anthropic.ts';
import { readError, sendRaw } from './read-error.ts';
import { isCompletion, readChatStream, readCompletion } from './read-openai.ts';
import { type Spoken, toStep } from './spoken.ts';

export type Api = 'openai' | 'anthropic';

/** An answer as it came over the wire, with its content encoding undone. */
export interface WireAnswer {
  readonly status: number;
  /** By names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface ReadAnswer {
  /** What a fixture says to answer the same. */
  readonly step: Step;
  /** What such a fixture cannot say. */
  readonly losses: readonly Loss[];
  /** The pieces in which a streamed text came. */
  readonly pieces?: readonly string[] | undefined;
  /** The format that it was in; absent where it was neither's, and is sent as it came. */
  readonly api?: Api | undefined;
}

/** The step of a fixture that answers as this answer did. */
export function readAnswer(answer: WireAnswer): ReadAnswer {
  if (answer.status >= 400) return { step: readError(answer), losses: [] };
  const told = readSpoken(answer);
  if (!told) return { step: sendRaw(answer), losses: [] };
  const { api, spoken } = told;
  const { status } = answer;
  const step = { ...toStep(spoken), ...(status !== 200 && { status }) };
  return { step, losses: spoken.losses, pieces: spoken.pieces, api };
}

function readSpoken({
  headers,
  body,
}: WireAnswer): { readonly api: Api; readonly spoken: Spoken } | undefined {
  const streamed = headers['content-type']?.startsWith('text/event-stream');
  if (streamed || looksLikeEvents(body)) return readStreamed(body);
  const read = readJson(body);
  if ('problem' in read || !isJsonObject(read.value)) return undefined;
  if (isCompletion(read.value)) return { api: 'openai', spoken: readCompletion(read.value) };
  if (isMessage(read.value)) return { api: 'anthropic', spoken: readMessage(read.value) };
  return undefined;
}

function readStreamed(body: string): ReturnType<typeof readSpoken> {
  const events = readEvents(body);
  if (events.some(isMessageEvent)) return { api: 'anthropic', spoken: readMessageStream(events) };
  const isChat = events.some(({ data }) => data === '[DONE]' || data.includes('"choices"'));
  return isChat ? { api: 'openai', spoken: readChatStream(events) } : undefined;
}

function isMessageEvent({ data }: SentEvent): boolean {
  return /"type"\s*:\s*"(?:message_|content_block_)/.test(data);
}
