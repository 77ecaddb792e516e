import { expect, it } from 'vitest';
import { compareWithContract } from '../../../src/recording/drift/contract.ts';
import {
  call,
  chat,
  chunk,
  completion,
  ended,
  messages,
  over,
  ping,
  start,
  stream,
  textBlock,
  toolBlock,
  usageChunk,
  whole,
} from './answers.ts';

const refused = { error: { message: 'no', type: 'invalid_request_error', code: 'invalid' } };
const cat = whole(completion());

it.each([
  ['chat.completions', cat],
  ['chat.completions', whole(completion({ tool_calls: [call] }, 'tool_calls'))],
  ['chat.completions', chat([{ reasoning_content: 'Hm.' }, { content: 'a' }])],
  ['chat.completions', stream(refused)],
  ['chat.completions', whole(refused, 400)],
  ['messages', messages(start, ping, ...textBlock(0, 'a'), ended('end_turn'), over)],
  ['messages', messages(start, ...toolBlock(0, '{}'), ended('tool_use'), over)],
  ['messages', whole(refused, 401)],
  ['chat.completions', whole({ status: 456, message: 'no', request_id: 'a' }, 456)],
  ['messages', { status: 502, headers: {}, atMs: 0, text: '<html>' }],
] as const)('an answer of %s that is as the contract has it', (endpoint, answer) => {
  expect(compareWithContract(endpoint, answer, answer)).toEqual([]);
});

it('tells on which side a member is unknown', () => {
  const live = whole({ ...completion(), tier: 'a' });

  expect(compareWithContract('chat.completions', cat, live)).toEqual([
    {
      kind: 'CONTRACT',
      path: 'tier',
      recorded: 'as the contract has it',
      live: 'unknown to it',
    },
  ]);
});

it('tells a place of a stream once, with its event', () => {
  const broken = chunk({ content: 'a', refusal: null });
  const answer = stream(broken, broken, usageChunk, '[DONE]');

  expect(compareWithContract('chat.completions', answer, answer)).toEqual([
    {
      kind: 'CONTRACT',
      path: 'choices[].delta.refusal',
      event: 'choices[].delta.content',
      recorded: 'unknown to it',
      live: 'unknown to it',
    },
  ]);
});

it('tells a member of the wrong type', () => {
  const live = whole({ ...completion(), created: '1' });

  expect(compareWithContract('chat.completions', cat, live)).toMatchObject([
    { path: 'created', live: 'Expected number, received string' },
  ]);
});

it('does not hold against an answer what was left out of it', () => {
  const recorded = whole({ ...completion(), id: '[redacted]' });

  expect(compareWithContract('chat.completions', recorded, cat)).toEqual([]);
});
