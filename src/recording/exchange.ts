import type { JsonObject } from '../exchange/json.ts';
import type { RawResponse } from './bytes.ts';
import { capture } from './capture.ts';
import type { Recording } from './cassette.ts';
import { keyOf } from './key.ts';
import { normalise } from './normalise.ts';
import { redactRequest, redactResponse } from './redact.ts';
import type { Rules } from './rules.ts';
import type { Secrets } from './secret-text.ts';

export const endpoints = { openai: 'chat.completions', anthropic: 'messages' } as const;

/** A request and its answer, as they went over the network. */
export interface Exchange {
  /** The request's. */
  readonly id: string;
  readonly api: Recording['api'];
  readonly body: JsonObject;
  readonly response: RawResponse;
  /** Milliseconds since 1970: when the request was sent. */
  readonly startedAt: number;
}

/** The same without secrets, and readable. */
export interface CleanExchange extends Omit<Exchange, 'response'> {
  readonly response: Recording['response'];
}

export function cleanExchange(exchange: Exchange, secrets: Secrets): CleanExchange {
  return {
    ...exchange,
    body: redactRequest(exchange.body, secrets),
    response: redactResponse(capture(exchange.response), secrets),
  };
}

/** As a cassette with these rules holds it; its id is given there. */
export async function toRecording(
  { api, body, response, startedAt }: CleanExchange,
  rules: Rules,
): Promise<Omit<Recording, 'id'>> {
  const asked = { api, endpoint: endpoints[api], request: normalise(body, rules) };
  const recordedAt = new Date(startedAt).toISOString();
  return { recordedAt, ...asked, key: await keyOf(asked), response };
}
