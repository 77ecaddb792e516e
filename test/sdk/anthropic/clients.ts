import AnthropicV1 from '@anthropic-ai/sdk';
import AnthropicV0 from 'anthropic-0';
import type { LongCatMock, RunningLongCatMock } from '../../../src/mock.ts';
import { checkBodies } from '../published.ts';

type AnthropicClass = typeof AnthropicV1;
type AnthropicOptions = NonNullable<ConstructorParameters<AnthropicClass>[0]>;

/**
 * Each test runs with both majors that are in use. The cast lets one test drive both: the classes
 * differ in members that no test here touches.
 */
export const anthropicVersions: readonly (readonly [string, AnthropicClass])[] = [
  ['anthropic 1', AnthropicV1],
  ['anthropic 0', AnthropicV0 as unknown as AnthropicClass],
];

/**
 * An Anthropic client of the mock, whose every answer has to fit its published schema. No retries.
 * By auth token, which both majors send as LongCat wants it.
 */
export function anthropicClient(
  Anthropic: AnthropicClass,
  mock: RunningLongCatMock,
  options: AnthropicOptions = {},
) {
  return new Anthropic({
    baseURL: mock.anthropicUrl,
    apiKey: null,
    authToken: 'test-key',
    maxRetries: 0,
    fetch: checkBodies(fetch),
    ...options,
  });
}

/** A client of a mock without a port, with LongCat's own base URL. */
export function anthropicInProcess(Anthropic: AnthropicClass, mock: LongCatMock) {
  return new Anthropic({
    baseURL: 'https://api.longcat.chat/anthropic',
    apiKey: null,
    authToken: 'test-key',
    maxRetries: 0,
    fetch: checkBodies(mock.fetch),
  });
}
