/**
 * A failure that a client is meant to see. Its name is a row of the error catalogue, which this
 * layer does not know; each format renders it.
 */
export interface Failure<Name extends string = string> {
  readonly name: Name;
  /** In place of the catalogue's message. */
  readonly message?: string | undefined;
  /** Seconds, in the body of a rate limit. */
  readonly retryAfter?: number | undefined;
  /** In place of the catalogue's status. */
  readonly status?: number | undefined;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** For the developer alone: what is wrong and how to mend it. */
  readonly hint?: string | undefined;
  /** Lines for the log, in place of the hint. */
  readonly notes?: readonly string[] | undefined;
}
