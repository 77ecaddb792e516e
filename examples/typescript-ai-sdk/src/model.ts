import { createOpenAICompatible } from '@ai-sdk/openai-compatible';
import type { LanguageModel } from 'ai';

/** LongCat, or what stands for it, at the address and with the key of the environment. */
export function connect(apiKey = process.env['OPENAI_API_KEY']): LanguageModel {
  const baseURL = process.env['OPENAI_BASE_URL'] ?? 'https://api.longcat.chat/openai/v1';
  return createOpenAICompatible({ name: 'longcat', baseURL, apiKey })('LongCat-2.0');
}
