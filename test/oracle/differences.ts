import type { QuirkSettings } from '../../src/index.ts';
import type { Finding } from './judge.ts';

/** A place where LongCat's answers are not what an official client declares. */
export interface Difference extends Omit<Finding, 'found'> {
  /** What LongCat sends there; nothing where a member is missing. */
  readonly sent: readonly Finding['found'][];
  /** Where it is known from. */
  readonly source: string;
  /** The quirks that bring it about; without them it would be a mistake. */
  readonly when?: Partial<QuirkSettings>;
}

interface Group extends Omit<Difference, 'path' | 'sent'> {
  readonly sent?: Difference['sent'];
  readonly paths: readonly string[];
}

const traffic = 'traffic recorded on 2026-09-01';
const clientTest = 'a client’s test taken from a LongCat stream, 2026-08-22 (Flowlet)';
const docs = 'LongCat docs, Messages (LongCat-2.0): the sample answer';
const docsStream = 'LongCat docs, Messages (LongCat-2.0): the sample stream';
const documented = { 'messages-docs-shape': true };
const standard = { 'messages-docs-shape': false };

const chat: readonly Group[] = [
  { kind: 'extra', source: traffic, sent: ['null'], paths: ['Completion.choices[].delta'] },
  {
    kind: 'extra',
    source: traffic,
    sent: ['boolean'],
    paths: ['Completion.lastOne', 'Chunk.lastOne'],
  },
  {
    kind: 'extra',
    source: `${traffic}; that a stop text is named is assumed`,
    sent: ['number', 'string', 'null'],
    paths: ['Completion.choices[].matched_stop', 'Chunk.choices[].matched_stop'],
  },
  {
    kind: 'extra',
    source: traffic,
    sent: ['string'],
    paths: [
      'Completion.choices[].message.reasoning_content',
      'Chunk.choices[].delta.reasoning_content',
    ],
  },
  {
    kind: 'extra',
    source: traffic,
    sent: ['number'],
    paths: [
      'Completion.usage.prompt_tokens_details.video_tokens',
      'Chunk.usage.prompt_tokens_details.video_tokens',
    ],
  },
  { kind: 'missing', source: traffic, paths: ['Completion.choices[].message.refusal'] },
  {
    kind: 'type',
    sent: ['null'],
    source: `${traffic}: a tool-call stream`,
    when: { 'tool-delta-nulls': true },
    paths: [
      'Chunk.choices[].delta.tool_calls[function].id',
      'Chunk.choices[].delta.tool_calls[function].function.name',
    ],
  },
  {
    kind: 'type',
    sent: ['null'],
    source: 'assumed: as in the recorded deltas of a function',
    when: { 'tool-delta-nulls': true },
    paths: [
      'Chunk.choices[].delta.tool_calls[custom].id',
      'Chunk.choices[].delta.tool_calls[custom].custom.name',
    ],
  },
  {
    kind: 'extra',
    source: 'assumed: the serving engine has it, and the recorded stream',
    sent: ['number'],
    paths: [
      'Completion.choices[].message.tool_calls[function].index',
      'Completion.choices[].message.tool_calls[custom].index',
    ],
  },
  {
    kind: 'extra',
    source: 'a client’s test taken from a LongCat stream, mid-2026 (Flowlet)',
    sent: ['number'],
    when: { 'effective-cached-tokens': true },
    paths: ['Completion.usage.effectiveCachedTokens', 'Chunk.usage.effectiveCachedTokens'],
  },
  {
    kind: 'missing',
    source: 'LongCat docs, Models, and a live probe',
    paths: ['ListedModel.created'],
  },
];

const message: readonly Group[] = [
  {
    kind: 'missing',
    source: docs,
    paths: [
      'WholeMessage.container',
      'WholeMessage.diagnostics',
      'WholeMessage.stop_details',
      'WholeMessage.content[text].citations',
      'WholeMessage.usage.cache_creation',
      'WholeMessage.usage.inference_geo',
      'WholeMessage.usage.output_tokens_details',
      'WholeMessage.usage.server_tool_use',
      'WholeMessage.usage.service_tier',
      'WholeMessage.usage.speed',
    ],
  },
  {
    kind: 'missing',
    source: docs,
    when: documented,
    paths: [
      'WholeMessage.usage.cache_creation_input_tokens',
      'WholeMessage.usage.cache_read_input_tokens',
    ],
  },
  {
    kind: 'extra',
    source: docs,
    sent: ['string'],
    when: documented,
    paths: ['WholeMessage.content[text].thinking'],
  },
  {
    kind: 'missing',
    source: 'assumed: only Anthropic’s own servers call tools for a caller of theirs',
    paths: [
      'WholeMessage.content[tool_use].caller',
      'MessageEvent[content_block_start].content_block[tool_use].caller',
    ],
  },
];

const messageStream: readonly Group[] = [
  {
    kind: 'missing',
    source: docsStream,
    paths: [
      'MessageEvent[message_start].message.container',
      'MessageEvent[message_start].message.diagnostics',
      'MessageEvent[message_start].message.stop_details',
      'MessageEvent[message_delta].delta.container',
      'MessageEvent[message_delta].delta.stop_details',
    ],
  },
  {
    kind: 'missing',
    source: docsStream,
    when: documented,
    paths: [
      'MessageEvent[message_start].message.stop_reason',
      'MessageEvent[message_start].message.stop_sequence',
      'MessageEvent[message_delta].delta.stop_sequence',
    ],
  },
  {
    kind: 'missing',
    source: 'LongCat docs, Messages (LongCat-2.0): no usage there tells of the cache',
    when: { ...documented, 'usage-late': false },
    paths: [
      'MessageEvent[message_start].message.usage.cache_creation_input_tokens',
      'MessageEvent[message_start].message.usage.cache_read_input_tokens',
    ],
  },
  {
    kind: 'missing',
    source: clientTest,
    when: { 'usage-late': false },
    paths: [
      'MessageEvent[message_start].message.usage.cache_creation',
      'MessageEvent[message_start].message.usage.inference_geo',
      'MessageEvent[message_start].message.usage.output_tokens_details',
      'MessageEvent[message_start].message.usage.server_tool_use',
      'MessageEvent[message_start].message.usage.service_tier',
      'MessageEvent[message_start].message.usage.speed',
      'MessageEvent[message_delta].usage.input_tokens',
      'MessageEvent[message_delta].usage.cache_creation_input_tokens',
      'MessageEvent[message_delta].usage.cache_read_input_tokens',
    ],
  },
  {
    kind: 'missing',
    source: clientTest,
    paths: [
      'MessageEvent[message_delta].usage.output_tokens_details',
      'MessageEvent[message_delta].usage.server_tool_use',
    ],
  },
  {
    kind: 'missing',
    source: 'a client’s regression test (Reasonix)',
    when: { 'usage-late': true },
    paths: ['MessageEvent[message_start].message.usage'],
  },
  {
    kind: 'missing',
    source: 'LongCat docs, Messages (LongCat-2.0): no cache in the usage, be it late or not',
    when: { ...documented, 'usage-late': true },
    paths: [
      'MessageEvent[message_delta].usage.cache_creation_input_tokens',
      'MessageEvent[message_delta].usage.cache_read_input_tokens',
    ],
  },
  {
    kind: 'missing',
    source: 'assumed: as in the documented whole answer',
    when: standard,
    paths: ['MessageEvent[content_block_start].content_block[text].citations'],
  },
  {
    kind: 'type', // of no declared event
    sent: ['object'],
    source: 'assumed: Anthropic’s own streams have it, and its clients skip it',
    when: standard,
    paths: ['MessageEvent[ping]'],
  },
];

/** Every place where an answer of the mock may differ from the clients' types. */
export const differences: readonly Difference[] = [...chat, ...message, ...messageStream].flatMap(
  ({ paths, sent = ['nothing'], ...rest }) => paths.map((path) => ({ path, sent, ...rest })),
);
