import OpenAIV7 from 'openai';
import OpenAIV6 from 'openai-6';
import type { LongCatMock, RunningLongCatMock } from '../../../src/mock.ts';
import { checkBodies } from '../published.ts';

type OpenAIClass = typeof OpenAIV7;
type OpenAIOptions = NonNullable<ConstructorParameters<OpenAIClass>[0]>;

/**
 * Each test runs with both majors that are in use. The cast lets one test drive both: the classes
 * differ in members that no test here touches.
 */
export const openaiVersions: readonly (readonly [string, OpenAIClass])[] = [
  ['openai 7', OpenAIV7],
  ['openai 6', OpenAIV6 as unknown as OpenAIClass],
];

/** An OpenAI client of the mock, whose every answer has to fit its published schema. No retries. */
export function openaiClient(
  OpenAI: OpenAIClass,
  mock: RunningLongCatMock,
  options: OpenAIOptions = {},
) {
  return new OpenAI({
    baseURL: mock.openaiUrl,
    apiKey: 'test-key',
    maxRetries: 0,
    fetch: checkBodies(fetch),
    ...options,
  });
}

/** A client of a mock without a port, with LongCat's own base URL. */
export function openaiInProcess(OpenAI: OpenAIClass, mock: LongCatMock) {
  return new OpenAI({
    baseURL: 'https://api.longcat.chat/openai',
    apiKey: 'test-key',
    maxRetries: 0,
    fetch: checkBodies(mock.fetch),
  });
}
