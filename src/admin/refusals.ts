interface Refused {
  readonly status: number;
  /** Where it is not the name. */
  readonly code?: string;
  readonly reason: string;
  /** As an example. */
  readonly message: string;
}

/** What the admin API says no with. The message tells of the case. */
export const refusals = {
  invalid_request: {
    status: 400,
    reason: 'The query or the body is not as it has to be: `problems` names each place.',
    message: 'timeoutMs: expected at most 30000, got 60000.',
  },
  unauthorized: {
    status: 401,
    reason: 'The mock wants its admin token.',
    message:
      'The admin API of this mock wants its token: send it as x-longcat-mock-admin-token, or as Authorization: Bearer.',
  },
  origin_not_allowed: {
    status: 403,
    reason: 'A web page of another origin asks, or the `Host` is foreign.',
    message:
      'The admin API does not answer pages of another origin, such as "https://example.org".',
  },
  unknown_route: {
    status: 404,
    reason: 'There is no such route.',
    message: 'No route GET /__admin/fixture. Did you mean GET /__admin/fixtures?',
  },
  unknown_fixture: {
    status: 404,
    reason: 'There is no such fixture.',
    message: 'There is no fixture "greting". Did you mean "greeting"?',
  },
  unknown_session: {
    status: 404,
    reason: 'There is no such session.',
    message: 'There is no session "chekout". Did you mean "checkout"?',
  },
  unknown_request: {
    status: 404,
    reason: 'The journal holds no such request.',
    message:
      'The journal holds no request "12": its id is in the answer\'s x-longcat-mock-request-id.',
  },
  unknown_scenario: {
    status: 404,
    reason: 'There is no such scenario.',
    message: 'There is no scenario "rate-limit". Did you mean "rate-limited"?',
  },
  method_not_allowed: {
    status: 405,
    reason: 'The route does not have that method.',
    message: '/__admin/health has no POST, only GET.',
  },
  sessions_active: {
    status: 409,
    reason: 'Other sessions are in use, and this would take from them.',
    message:
      'Other sessions were active in the last 10 s: "checkout". Name yours with ?session=, or insist with ?force=true.',
  },
  already_there: {
    status: 409,
    reason: 'A fixture or a rate limit has that id already.',
    message:
      'There is already fixture "greeting": PUT /__admin/fixtures/{id} replaces one, and ?session= gives one to a session alone.',
  },
  clock_runs: {
    status: 409,
    reason: 'The clock runs by itself: it cannot be advanced.',
    message:
      'The clock of session "default" runs by itself: send "manual": true or "now" with "advanceMs".',
  },
  not_recording: {
    status: 409,
    reason: 'The mock has no cassettes.',
    message: 'This mock has no cassettes: start it with --cassettes FOLDER.',
  },
  no_recording_in_ci: {
    status: 409,
    reason: 'In CI the upstream is not called, unless that is allowed.',
    message:
      'CI is set, and the upstream may not be called there: start with --allow-record-in-ci.',
  },
  request_too_large: {
    status: 413,
    reason: 'The body is longer than the mock allows.',
    message:
      'The body is longer than 33554432 bytes, the limit of this mock: raise it with --max-body.',
  },
  invalid_fixtures: {
    status: 422,
    reason: 'The fixtures have errors: `problems` has all of them, as `validate` tells them.',
    message: 'respond.txt: unknown key "txt". Did you mean "text"?',
  },
  unselectable_scenario: {
    status: 422,
    code: 'unknown_scenario',
    reason: 'The scenario that the session shall have is not there.',
    message: 'There is no scenario or fixture "rate-limit". Did you mean "rate-limited"?',
  },
  unknown_state: {
    status: 422,
    reason: 'The scenario has no such state.',
    message: 'No fixture of "login" requires or sets the state "Open": it has Started, Closed.',
  },
  no_body: {
    status: 422,
    reason: 'There is no body to look at.',
    message: 'There is no body to look at.',
  },
  internal_error: {
    status: 500,
    reason: 'The mock failed.',
    message: 'longcat-mock failed: no space left on device',
  },
  not_listening: {
    status: 501,
    reason: 'The mock does not listen: there is nothing to shut down.',
    message: 'This mock does not listen: close it where it was made.',
  },
  closing: {
    status: 503,
    reason: 'The mock closes.',
    message: 'The mock closes: nothing more will come.',
  },
} as const satisfies Record<string, Refused>;

export type RefusalName = keyof typeof refusals;

/** What programs read. */
export type RefusalCode = Exclude<RefusalName, 'unselectable_scenario'>;
