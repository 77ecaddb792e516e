import type AnthropicV1 from '@anthropic-ai/sdk';
import type AnthropicV0 from 'anthropic-0';
import type OpenAIV7 from 'openai';
import type OpenAIV6 from 'openai-6';
import { expectTypeOf, it } from 'vitest';
import type { z } from 'zod/v3';
import type { MessageContentBlock } from '../../src/contract/anthropic/block.ts';
import type { MessageRequest } from '../../src/contract/anthropic/request.ts';
import type { ChatMessage } from '../../src/contract/openai/message.ts';
import type { ChatRequest } from '../../src/contract/openai/request.ts';

/*
 * What the official clients declare they may send is accepted, by the type checker alone: a kind of
 * message or block that a new client adds fails here before a user meets a 400.
 */

/** An interface has no index signature, an object that takes more members has one: compare without. */
type Known<Type> = Type extends readonly (infer Item)[]
  ? readonly Known<Item>[]
  : Type extends object
    ? { [Key in keyof Type as string extends Key ? never : Key]: Known<Type[Key]> }
    : Type;

/** Of all alternatives, not only those they share. */
type KeysOf<Type> = Type extends unknown ? keyof Type : never;

type Accepted<Schema extends z.ZodTypeAny> = Known<z.input<Schema>>;

type ChatParams = OpenAIV7.ChatCompletionCreateParams | OpenAIV6.ChatCompletionCreateParams;
type ChatMessageParam = OpenAIV7.ChatCompletionMessageParam | OpenAIV6.ChatCompletionMessageParam;
type MessageParams = AnthropicV1.MessageCreateParams | AnthropicV0.MessageCreateParams;
type Block =
  | AnthropicV1.ContentBlockParam
  | AnthropicV0.ContentBlockParam
  | AnthropicV1.Beta.BetaContentBlockParam
  | AnthropicV0.Beta.BetaContentBlockParam;

it('every message the OpenAI clients declare is accepted', () => {
  expectTypeOf<Known<ChatMessageParam>>().toExtend<Accepted<typeof ChatMessage>>();
});

it('every member of a request that the OpenAI clients declare is described', () => {
  expectTypeOf<KeysOf<ChatParams>>().toExtend<keyof Accepted<typeof ChatRequest>>();
});

it('every type of block the Anthropic clients declare is accepted', () => {
  expectTypeOf<Block['type']>().toExtend<z.input<typeof MessageContentBlock>['type']>();
});

it('every member of a request that the Anthropic clients declare is described, but for headers', () => {
  type Sent = Exclude<KeysOf<MessageParams>, 'betas' | 'user_profile_id' | 'workspace_id'>;
  expectTypeOf<Sent>().toExtend<keyof Accepted<typeof MessageRequest>>();
});
