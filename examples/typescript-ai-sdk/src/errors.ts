import { APICallError } from 'ai';

export class TicketTooLongError extends Error {
  override readonly name = 'TicketTooLongError';
}

/** What a failed call means to the desk; every other error stays what it is. */
export function translateError(error: unknown): unknown {
  if (!APICallError.isInstance(error)) return error;
  if (!error.responseBody?.includes('context_length_exceeded')) return error;
  return new TicketTooLongError('The ticket is too long for the model.', { cause: error });
}
