import { APIError } from 'openai';

export class TicketTooLongError extends Error {
  override readonly name = 'TicketTooLongError';
}

export class ReplyCutError extends Error {
  override readonly name = 'ReplyCutError';
}

/** What a failed call means to the desk; every other error stays what it is. */
export function translateError(error: unknown): unknown {
  if (!(error instanceof APIError) || error.code !== 'context_length_exceeded') return error;
  return new TicketTooLongError('The ticket is too long for the model.', { cause: error });
}
