/**
 * A failure that a client is meant to see. Its name is a row of the error catalogue, which this
 * layer does not know; each format renders it.
 */
export interface Failure<Name extends string = string> {
  readonly name: Name;
  /** In place of the catalogue's message. */
  readonly message?: string | undefined;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** For the developer alone: what is wrong and how to mend it. */
  readonly hint?: string | undefined;
}
