export type MockErrorCode =
  | 'invalid-config'
  | 'invalid-cassette'
  | 'port-taken'
  | 'cannot-listen'
  | 'cannot-write'
  // Of a session, and of a mock elsewhere:
  | 'cannot-connect'
  | 'invalid-fixture'
  | 'unknown-scenario'
  | 'session-gone'
  | 'not-verified'
  | 'unmatched-requests'
  | 'not-awaited'
  | 'refused';

/** A mistake on our side of the wire (a bad flag, a taken port). Thrown, never sent to a client. */
export class MockError extends Error {
  override readonly name = 'MockError';
  readonly code: MockErrorCode;

  constructor(code: MockErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
