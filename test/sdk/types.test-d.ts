import type AnthropicV1 from '@anthropic-ai/sdk';
import type AnthropicV0 from 'anthropic-0';
import type OpenAIV7 from 'openai';
import type OpenAIV6 from 'openai-6';
import { expectTypeOf, it } from 'vitest';
import type {
  Message,
  MessageAnswerBlock,
  MessageUsage,
} from '../../src/contract/anthropic/response.ts';
import type { MessageStreamEvent } from '../../src/contract/anthropic/stream.ts';
import type {
  ChatAnswerMessage,
  ChatCompletion,
  ChatLogprobs,
  ChatToolCall,
  ChatUsage,
} from '../../src/contract/openai/response.ts';
import type { ChatChunk, ChatDelta, ChatToolCallDelta } from '../../src/contract/openai/stream.ts';

/*
 * Parity with the official clients, by the type checker alone: a member that LongCat sends has a type
 * that the client's has room for; a member that the client declares and LongCat leaves out is listed.
 */

/** The members the client's type requires and the sent one has not. */
type Missing<Sent, Read> = {
  [Key in keyof Read]-?: undefined extends Read[Key] ? never : Key extends keyof Sent ? never : Key;
}[keyof Read];

/** The client's type, with only the members that are sent too. */
type Shared<Sent, Read> = Pick<Read, Extract<keyof Read, keyof Sent>>;

/** The type of each member in both majors: what fits it fits either. */
type Completion = OpenAIV7.ChatCompletion & OpenAIV6.ChatCompletion;
type Choice = OpenAIV7.ChatCompletion.Choice & OpenAIV6.ChatCompletion.Choice;
type AnswerMessage = OpenAIV7.ChatCompletionMessage & OpenAIV6.ChatCompletionMessage;
type CompletionUsage = OpenAIV7.CompletionUsage & OpenAIV6.CompletionUsage;
type Chunk = OpenAIV7.ChatCompletionChunk & OpenAIV6.ChatCompletionChunk;
type ChunkChoice = OpenAIV7.ChatCompletionChunk.Choice & OpenAIV6.ChatCompletionChunk.Choice;
type Delta = ChunkChoice['delta'];
type ToolCallDelta = OpenAIV7.ChatCompletionChunk.Choice.Delta.ToolCall &
  OpenAIV6.ChatCompletionChunk.Choice.Delta.ToolCall;

type SentChoice = ChatCompletion['choices'][number];
type SentChunkChoice = ChatChunk['choices'][number];
type SentFunctionDelta = Extract<ChatToolCallDelta, { type: 'function' }>;

it('a chat completion is what the OpenAI clients declare, down to the message', () => {
  expectTypeOf<Missing<ChatCompletion, Completion>>().toBeNever();
  expectTypeOf<Omit<ChatCompletion, 'choices'>>().toExtend<
    Shared<Omit<ChatCompletion, 'choices'>, Completion>
  >();
  expectTypeOf<Missing<SentChoice, Choice>>().toBeNever();
  expectTypeOf<Omit<SentChoice, 'message'>>().toExtend<
    Shared<Omit<SentChoice, 'message'>, Choice>
  >();
  expectTypeOf<ChatLogprobs>().toExtend<NonNullable<Choice['logprobs']>>();
  expectTypeOf<Missing<ChatUsage, CompletionUsage>>().toBeNever();
  expectTypeOf<ChatUsage>().toExtend<CompletionUsage>();
});

it('a message leaves out its refusal alone', () => {
  expectTypeOf<Missing<ChatAnswerMessage, AnswerMessage>>().toEqualTypeOf<'refusal'>();
  expectTypeOf<ChatAnswerMessage>().toExtend<Omit<AnswerMessage, 'refusal'>>();
  expectTypeOf<ChatToolCall>().toExtend<
    OpenAIV7.ChatCompletionMessageToolCall & OpenAIV6.ChatCompletionMessageToolCall
  >();
});

it('a chunk is what the OpenAI clients declare, down to the tool calls', () => {
  expectTypeOf<Missing<ChatChunk, Chunk>>().toBeNever();
  expectTypeOf<Omit<ChatChunk, 'choices'>>().toExtend<Shared<Omit<ChatChunk, 'choices'>, Chunk>>();
  expectTypeOf<Missing<SentChunkChoice, ChunkChoice>>().toBeNever();
  expectTypeOf<Omit<SentChunkChoice, 'delta'>>().toExtend<
    Shared<Omit<SentChunkChoice, 'delta'>, ChunkChoice>
  >();
  expectTypeOf<Missing<ChatDelta, Delta>>().toBeNever();
  expectTypeOf<Omit<ChatDelta, 'tool_calls'>>().toExtend<
    Shared<Omit<ChatDelta, 'tool_calls'>, Delta>
  >();
});

it('a function’s later deltas have null where the OpenAI clients declare a text or nothing', () => {
  type Callee = NonNullable<ToolCallDelta['function']>;

  expectTypeOf<Missing<SentFunctionDelta, ToolCallDelta>>().toBeNever();
  expectTypeOf<Pick<SentFunctionDelta, 'index' | 'type'>>().toExtend<
    Pick<ToolCallDelta, 'index' | 'type'>
  >();
  expectTypeOf<SentFunctionDelta['function']['arguments']>().toExtend<Callee['arguments']>();
  expectTypeOf<Exclude<SentFunctionDelta['id'], ToolCallDelta['id']>>().toEqualTypeOf<null>();
  expectTypeOf<
    Exclude<SentFunctionDelta['function']['name'], Callee['name']>
  >().toEqualTypeOf<null>();
});

/** Optional members of these schemas are what a quirk takes away: by default they are there. */
type SentUsage = Required<MessageUsage>;
type SentText = Extract<MessageAnswerBlock, { type: 'text' }>;
type SentThinking = Extract<MessageAnswerBlock, { type: 'thinking' }>;
type SentToolUse = Extract<MessageAnswerBlock, { type: 'tool_use' }>;

type Answer = AnthropicV1.Message & AnthropicV0.Message;
type AnswerUsage = AnthropicV1.Usage & AnthropicV0.Usage;
type TextBlock = AnthropicV1.TextBlock & AnthropicV0.TextBlock;
type ThinkingBlock = AnthropicV1.ThinkingBlock & AnthropicV0.ThinkingBlock;
type ToolUseBlock = AnthropicV1.ToolUseBlock & AnthropicV0.ToolUseBlock;

it('a message is what the Anthropic clients declare, but for what is Anthropic’s own', () => {
  expectTypeOf<Missing<Message, Answer>>().toEqualTypeOf<
    'container' | 'diagnostics' | 'stop_details'
  >();
  expectTypeOf<Omit<Message, 'content' | 'usage'>>().toExtend<
    Shared<Omit<Message, 'content' | 'usage'>, Answer>
  >();
  expectTypeOf<Missing<SentUsage, AnswerUsage>>().toEqualTypeOf<
    | 'cache_creation'
    | 'inference_geo'
    | 'output_tokens_details'
    | 'server_tool_use'
    | 'service_tier'
    | 'speed'
  >();
  expectTypeOf<SentUsage>().toExtend<Shared<SentUsage, AnswerUsage>>();
});

it('the blocks of a message leave out citations and callers', () => {
  expectTypeOf<Missing<SentText, TextBlock>>().toEqualTypeOf<'citations'>();
  expectTypeOf<SentText>().toExtend<Omit<TextBlock, 'citations'>>();
  expectTypeOf<Missing<SentThinking, ThinkingBlock>>().toBeNever();
  expectTypeOf<SentThinking>().toExtend<ThinkingBlock>();
  expectTypeOf<Missing<SentToolUse, ToolUseBlock>>().toEqualTypeOf<'caller'>();
  expectTypeOf<SentToolUse>().toExtend<Omit<ToolUseBlock, 'caller'>>();
});

type Sent<Type extends MessageStreamEvent['type']> = Extract<MessageStreamEvent, { type: Type }>;
type Event = AnthropicV1.RawMessageStreamEvent | AnthropicV0.RawMessageStreamEvent;
type Read<Type extends Event['type']> = Extract<AnthropicV1.RawMessageStreamEvent, { type: Type }> &
  Extract<AnthropicV0.RawMessageStreamEvent, { type: Type }>;

it('the events of a message are those of the Anthropic clients, which skip pings and throw errors', () => {
  expectTypeOf<Exclude<MessageStreamEvent['type'], Event['type']>>().toEqualTypeOf<
    'ping' | 'error'
  >();
  expectTypeOf<Exclude<Event['type'], MessageStreamEvent['type']>>().toBeNever();
  expectTypeOf<Sent<'content_block_delta'>>().toExtend<Read<'content_block_delta'>>();
  expectTypeOf<Sent<'content_block_stop'>>().toExtend<Read<'content_block_stop'>>();
  expectTypeOf<Sent<'message_stop'>>().toExtend<Read<'message_stop'>>();
  expectTypeOf<Sent<'content_block_start'>['index']>().toExtend<
    Read<'content_block_start'>['index']
  >();
});

it('the first and last events leave out what the whole message leaves out', () => {
  type Started = Required<Sent<'message_start'>['message']>;
  type Ended = Required<Sent<'message_delta'>['delta']>;
  type EndUsage = Sent<'message_delta'>['usage'];
  type ReadEnd = Read<'message_delta'>;

  expectTypeOf<Missing<Started, Answer>>().toEqualTypeOf<
    'container' | 'diagnostics' | 'stop_details'
  >();
  expectTypeOf<Omit<Started, 'content' | 'usage'>>().toExtend<
    Shared<Omit<Started, 'content' | 'usage'>, Answer>
  >();
  expectTypeOf<Missing<Ended, ReadEnd['delta']>>().toEqualTypeOf<'container' | 'stop_details'>();
  expectTypeOf<Ended>().toExtend<Shared<Ended, ReadEnd['delta']>>();
  expectTypeOf<Pick<EndUsage, 'output_tokens'>>().toExtend<
    Pick<ReadEnd['usage'], 'output_tokens'>
  >();
});
