import { decode as decodeAnthropic } from '../../src/dialect/anthropic/decode.ts';
import { decode as decodeOpenai } from '../../src/dialect/openai/decode.ts';
import type { Entry } from '../../src/engine/entry.ts';
import type { JsonObject } from '../../src/exchange/json.ts';
import { compileFixture, type Fixture } from '../../src/scenario/fixture.ts';
import type { Subject } from '../../src/scenario/match.ts';
import { type FixtureInput, FixtureSchema } from '../../src/scenario/schema.ts';

/** An answered request to the OpenAI format. */
export function makeEntry(id: string, members: Partial<Entry> = {}): Entry {
  return {
    id,
    session: 'w1',
    at: 0,
    method: 'POST',
    path: '/openai/v1/chat/completions',
    api: 'openai',
    headers: {},
    body: ask('hello'),
    request: 1,
    attempt: 0,
    streamed: false,
    status: 200,
    source: 'generated',
    unmatched: false,
    violations: [],
    leaks: [],
    end: 'finished',
    ...members,
  };
}

export function ask(content: string, members: JsonObject = {}): JsonObject {
  return { model: 'LongCat-2.0', messages: [{ role: 'user', content }], ...members };
}

export function makeSubject(
  body: JsonObject,
  { api = 'openai', headers = {} }: { api?: Entry['api']; headers?: HeadersInit } = {},
): Subject {
  const prompt = api === 'openai' ? decodeOpenai(body) : decodeAnthropic(body);
  return { api, prompt, headers: new Headers(headers), body };
}

export function toSubject({ api, headers, body }: Entry): Subject | undefined {
  return body && makeSubject(body, { api, headers });
}

export function makeFixture(id: string, members: Partial<FixtureInput> = {}, line = 1): Fixture {
  const parsed = FixtureSchema.parse({ id, respond: { text: 'Meow.' }, ...members });
  const place = { file: 'fixtures/some.yaml', line, column: 3 };
  return compileFixture(parsed, { scenario: 'some', place });
}
