import type { operations } from '../contract/operations.ts';
import { messageRequests, messageStreamEvents, messages } from './examples/anthropic.ts';
import type { Examples } from './examples/example.ts';
import { modelDetails, modelLists } from './examples/models.ts';
import { chatCompletions, chatRequests, chatStreamEvents } from './examples/openai.ts';

export interface OperationExamples {
  readonly request?: Examples;
  readonly response: Examples;
  /** Payloads of single events. */
  readonly streamEvent?: Examples;
}

/** What the document shows of each operation, with every quirk at its default. */
export const operationExamples: Readonly<Record<keyof typeof operations, OperationExamples>> = {
  createChatCompletion: {
    request: chatRequests,
    response: chatCompletions,
    streamEvent: chatStreamEvents,
  },
  createMessage: {
    request: messageRequests,
    response: messages,
    streamEvent: messageStreamEvents,
  },
  listModels: { response: modelLists },
  getModel: { response: modelDetails },
};
