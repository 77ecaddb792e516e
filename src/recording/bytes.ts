/** Bytes, and when they came or are to leave: milliseconds from when the request was sent. */
export interface TimedBytes {
  readonly atMs: number;
  readonly bytes: Uint8Array;
}

/** An answer as it comes over the network. */
export interface RawResponse {
  readonly status: number;
  /** In lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** When the headers came. */
  readonly atMs: number;
  readonly chunks: readonly TimedBytes[];
  /** Whether the connection broke before the end. */
  readonly isCut: boolean;
}
