import type * as Anthropic from '@anthropic-ai/sdk/resources/messages/messages';
import type * as AnthropicOlder from 'anthropic-0/resources/messages/messages';
import type * as OpenAI from 'openai/resources/chat/completions/completions';
import type { Model } from 'openai/resources/models';
import type * as OpenAIOlder from 'openai-6/resources/chat/completions/completions';

/*
 * What the official clients declare, under names that no declaration of theirs has: `schema.ts` makes
 * a JSON Schema of each.
 */

/** What a client reads. */
export type Completion = OpenAI.ChatCompletion;
export type Chunk = OpenAI.ChatCompletionChunk;
export type ListedModel = Model;
export type WholeMessage = Anthropic.Message;
export type MessageEvent = Anthropic.RawMessageStreamEvent;

/** What a client sends. */
export type ChatBody = OpenAI.ChatCompletionCreateParams;
export type OlderChatBody = OpenAIOlder.ChatCompletionCreateParams;
export type MessageBody = Anthropic.MessageCreateParams;
export type OlderMessageBody = AnthropicOlder.MessageCreateParams;
