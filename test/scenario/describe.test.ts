import { expect, it } from 'vitest';
import { describeSet } from '../../src/scenario/describe.ts';
import { parseFixtures } from '../../src/scenario/parse.ts';

it('a set is told fixture by fixture', async () => {
  const text = `version: 1
scenario: tour
description: Something of everything.
rateLimits: [{ id: slow, requestsPerMinute: 2, burst: 1, match: { model: LongCat-2.0 } }]
fixtures:
  - id: limited
    description: Limited, then not.
    match: { model: LongCat-2.0, messages: { last: { text: { contains: limit } } } }
    respond:
      - error: { name: rate_limit_exceeded, retryAfterMs: 5 }
        times: 2
      - { thinking: Hm., text: Hello!, delay: 20 }
    afterLast: fallthrough
  - id: cut
    priority: 1
    match: { stream: true }
    state: { requires: Started, sets: cut }
    respond:
      stream: { chunks: [Good, bye] }
      fault: STREAM_TRUNCATE
      wire: { newline: crlf }
  - id: rest
    respond: {}
`;
  const { set, problems } = await parseFixtures(text, { file: 'f.yaml' });

  expect(problems).toEqual([]);
  expect(set && describeSet(set)).toBe(`Scenario "tour", active when it is selected.
Something of everything.

rate limit slow
  allows 2 requests a minute, 1 at once
  when model "LongCat-2.0"

limited (priority 5 at f.yaml:6:5)
  Limited, then not.
  when model "LongCat-2.0", and messages[-1].content contains "limit"
  requests 1 to 2: the error rate_limit_exceeded (429) with retry-after-ms: 5
  request 3: reasoning "Hm.", text "Hello!", after 20 ms
  every request after that: the next fixture that fits

cut (priority 1 at f.yaml:14:5)
  when stream true, and the state is "Started"
  answers with text "Goodbye", with the fault STREAM_TRUNCATE, on a wire with newline
  then enters the state "cut"

rest (priority 5 at f.yaml:22:5)
  for every request
  answers with a generated answer
`);
});
