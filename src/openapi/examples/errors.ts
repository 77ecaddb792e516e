import type { ErrorName } from '../../contract/errors.ts';
import { describeOverflow, describeViolations } from '../../contract/wording.ts';

/** When an error comes. */
export const occasions: Readonly<Record<ErrorName, string>> = {
  missing_api_key: 'No `Authorization: Bearer` header',
  incorrect_api_key: 'A key that LongCat does not know',
  insufficient_quota: 'An account without tokens',
  permission_denied: 'A key whose own quota is used up',
  invalid_parameter: 'A member out of its range: the message has one line for each',
  invalid_json: 'A body that is not a JSON object',
  unsupported_model: 'A model that is not known, or written in another case',
  context_length_exceeded: 'A conversation that is longer than the model’s context',
  rate_limit_exceeded: 'Too many requests in a minute: wait `retry_after` seconds',
  quota_exhausted: 'The day’s quota is used up: waiting for seconds does not help',
  internal_error: 'A failure inside of LongCat',
  bad_gateway: 'A service that answers LongCat’s edge with nonsense',
  service_unavailable: 'A service that LongCat’s edge cannot reach',
  waf_blocked: 'A request that looks like an attack',
  not_found: 'A path that is none, or a method that it does not have',
  request_too_large: 'A body beyond the limit',
  unsupported_encoding: 'A `Content-Encoding` that LongCat cannot decode',
  no_fixture_matched: 'No fixture of the mock fits the request, and it generates no answers',
  no_recording_matched: 'No recording of the mock fits the request, and it may not record one',
  upstream_failed: 'The mock could not reach the upstream that it records',
  unknown_scenario: 'The request selects a scenario that the mock does not have',
  session_required: 'The mock wants each request to name its session, and this one does not',
  session_evicted: 'The session’s state was dropped to make room: the next request begins it anew',
  host_not_allowed: 'A `Host` or `Origin` that the mock does not serve',
};

/** The messages that tell of the case, as LongCat’s documentation has them where it does. */
export const messages: Partial<Readonly<Record<ErrorName, string>>> = {
  invalid_parameter: describeViolations([
    '/top_p: 2 is not less or equal to 1',
    '/repetition_penalty: 3 is not less or equal to 1.5',
  ]),
  context_length_exceeded: describeOverflow(1_048_600, 1_048_576),
};
