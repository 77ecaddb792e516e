import { z } from 'zod/v3';
import { named, type Provenance } from './registry.ts';
import { closed } from './shape.ts';

const ErrorType = named(
  { id: 'ErrorType', provenance: 'observed', description: 'The kind of an error.' },
  z.enum([
    'authentication_error',
    'permission_error',
    'invalid_request_error',
    'rate_limit_error',
    'server_error',
  ]),
);

export const ErrorDetail = named(
  { id: 'ErrorDetail', provenance: 'observed', description: 'What went wrong.' },
  closed({
    code: z.string().describe('What went wrong, for programs.'),
    message: z.string().describe('What went wrong, for people.'),
    type: ErrorType,
    retry_after: z
      .number()
      .nonnegative()
      .optional()
      .describe('Seconds to wait, on a rate limit. The official SDKs obey headers, not this.'),
  }),
);

export const ErrorBody = named(
  {
    id: 'ErrorBody',
    provenance: 'observed',
    description: 'LongCat’s error envelope, the same on both formats.',
  },
  closed({ error: ErrorDetail }),
);
export type ErrorBody = z.infer<typeof ErrorBody>;

export const WafBody = named(
  {
    id: 'WafError',
    provenance: 'observed',
    description: 'The refusal of the firewall in front of LongCat, with status 456.',
  },
  closed({
    status: z.literal(456).describe('The status of the answer.'),
    message: z.string().describe('What went wrong, and whom to write to.'),
    request_id: z.string().describe('What to name when writing there.'),
  }),
);
export type WafBody = z.infer<typeof WafBody>;

interface CatalogueEntry {
  readonly status: number;
  readonly provenance: Provenance;
  /** The JSON body with members in LongCat's order, or a page of HTML. */
  readonly body: ErrorBody | WafBody | string;
}

/** Every error the mock can answer, by the name that fixtures use. */
export const errorCatalogue = {
  missing_api_key: {
    status: 401,
    provenance: 'observed',
    body: envelope('code', 'invalid_api_key', 'missing_api_key', 'authentication_error'),
  },
  incorrect_api_key: {
    status: 401,
    provenance: 'observed',
    body: envelope('code', 'invalid_api_key', 'incorrect api key', 'authentication_error'),
  },
  insufficient_quota: {
    status: 402,
    provenance: 'observed',
    body: envelope('message', 'insufficient_quota', 'Insufficient token quota', 'permission_error'),
  },
  permission_denied: {
    status: 403,
    provenance: 'documented',
    body: envelope(
      'message',
      'insufficient_quota',
      'API key quota insufficient',
      'permission_error',
    ),
  },
  invalid_parameter: {
    status: 400,
    provenance: 'observed',
    body: envelope('message', 'invalid_parameter', '参数校验失败: \n', 'invalid_request_error'),
  },
  invalid_json: {
    status: 400,
    provenance: 'observed',
    body: envelope('message', 'invalid_format', 'json format error', 'invalid_request_error'),
  },
  unsupported_model: {
    status: 400,
    provenance: 'observed',
    body: envelope('message', 'invalid_parameter', 'Unsupported model', 'invalid_request_error'),
  },
  context_length_exceeded: {
    status: 400,
    provenance: 'assumed',
    body: envelope(
      'message',
      'context_length_exceeded',
      'The input is longer than the model’s context length.',
      'invalid_request_error',
    ),
  },
  rate_limit_exceeded: {
    status: 429,
    provenance: 'documented',
    body: {
      error: {
        code: 'rate_limit_exceeded',
        message: 'Request rate limit exceeded, please try again later',
        type: 'rate_limit_error',
        retry_after: 60,
      },
    },
  },
  quota_exhausted: {
    status: 429,
    provenance: 'observed',
    body: envelope('code', 'too_many_requests', 'AppId:**xxxx 达到使用量上限', 'rate_limit_error'),
  },
  internal_error: {
    status: 500,
    provenance: 'documented',
    body: envelope('message', 'internal_error', 'Internal server error', 'server_error'),
  },
  bad_gateway: { status: 502, provenance: 'assumed', body: openrestyPage('502 Bad Gateway') },
  service_unavailable: {
    status: 503,
    provenance: 'assumed',
    body: openrestyPage('503 Service Temporarily Unavailable'),
  },
  waf_blocked: {
    status: 456,
    provenance: 'observed',
    body: {
      status: 456,
      message: 'Forbidden,[Contact:edp.waf@meituan.com]',
      request_id: 'e687967a101f80243835502dc5822c0a724',
    },
  },
  not_found: { status: 404, provenance: 'observed', body: openrestyPage('404 Not Found') },
  request_too_large: {
    status: 413,
    provenance: 'assumed',
    body: envelope('message', 'request_too_large', 'Request too large', 'invalid_request_error'),
  },
  unsupported_encoding: {
    status: 415,
    provenance: 'assumed',
    body: envelope(
      'message',
      'unsupported_encoding',
      'Unsupported content encoding',
      'invalid_request_error',
    ),
  },
  no_fixture_matched: {
    status: 404,
    provenance: 'assumed',
    body: envelope('message', 'no_fixture_matched', 'No fixture matched', 'invalid_request_error'),
  },
  no_recording_matched: {
    status: 404,
    provenance: 'assumed',
    body: envelope(
      'message',
      'no_recording_matched',
      'No recording matched',
      'invalid_request_error',
    ),
  },
  upstream_failed: {
    status: 502,
    provenance: 'assumed',
    body: envelope('message', 'upstream_failed', 'The upstream failed', 'server_error'),
  },
  unknown_scenario: {
    status: 404,
    provenance: 'assumed',
    body: envelope('message', 'unknown_scenario', 'Unknown scenario', 'invalid_request_error'),
  },
  session_required: {
    status: 400,
    provenance: 'assumed',
    body: envelope('message', 'session_required', 'Session required', 'invalid_request_error'),
  },
  session_evicted: {
    status: 409,
    provenance: 'assumed',
    body: envelope('message', 'session_evicted', 'Session evicted', 'invalid_request_error'),
  },
  host_not_allowed: {
    status: 403,
    provenance: 'assumed',
    body: envelope('message', 'host_not_allowed', 'Host not allowed', 'permission_error'),
  },
} as const satisfies Record<string, CatalogueEntry>;

export type ErrorName = keyof typeof errorCatalogue;

/** What the mock says for itself, in LongCat’s envelope: no part of LongCat’s contract. */
export const mockErrorNames = [
  'no_fixture_matched',
  'no_recording_matched',
  'upstream_failed',
  'unknown_scenario',
  'session_required',
  'session_evicted',
  'host_not_allowed',
] as const satisfies readonly ErrorName[];

export type LongCatErrorName = Exclude<ErrorName, (typeof mockErrorNames)[number]>;

// Object.keys forgets which strings, and that there are some.
export const errorNames = Object.keys(errorCatalogue) as [ErrorName, ...ErrorName[]];

export interface WireError {
  readonly status: number;
  readonly contentType: 'application/json' | 'text/html';
  readonly body: string;
}

export function isErrorName(name: string): name is ErrorName {
  return Object.hasOwn(errorCatalogue, name);
}

/** The first error of the catalogue with this status. */
export function findErrorByStatus(status: number): ErrorName | undefined {
  return errorNames.find((name) => errorCatalogue[name].status === status);
}

/** What an error of this case has in place of the sample's. */
export interface Wording {
  readonly message?: string | undefined;
  /** Seconds. */
  readonly retryAfter?: number | undefined;
}

/** An error as it goes over the wire. */
export function renderError(name: ErrorName, wording: Wording = {}): WireError {
  const { status, body }: CatalogueEntry = errorCatalogue[name];
  if (typeof body === 'string') return { status, contentType: 'text/html', body };
  return { status, contentType: 'application/json', body: JSON.stringify(reword(body, wording)) };
}

function reword(body: ErrorBody | WafBody, { message, retryAfter }: Wording): ErrorBody | WafBody {
  if (!('error' in body)) return message === undefined ? body : { ...body, message };
  return {
    error: {
      ...body.error,
      ...(message !== undefined && { message }),
      ...(retryAfter !== undefined && { retry_after: retryAfter }),
    },
  };
}

/** The seconds to wait that an error's body asks for. */
export function readRetryAfter(name: ErrorName, wording: Wording = {}): number | undefined {
  return errorBody(name, wording).error.retry_after;
}

/** An error's envelope: of one that is no envelope, that of an internal error. */
export function errorBody(name: ErrorName, wording: Wording = {}): ErrorBody {
  const { body }: CatalogueEntry = errorCatalogue[name];
  const reworded = typeof body === 'string' ? body : reword(body, wording);
  if (typeof reworded === 'object' && 'error' in reworded) return reworded;
  return errorCatalogue.internal_error.body;
}

/** LongCat sends `code` first in authentication and rate errors, `message` first elsewhere. */
function envelope(
  first: 'code' | 'message',
  code: string,
  message: string,
  type: ErrorBody['error']['type'],
): ErrorBody {
  return first === 'code' ? { error: { code, message, type } } : { error: { message, type, code } };
}

/** The edge's page, down to its trailing blank lines (kiss-translator issue 622, 2026-04-26). */
function openrestyPage(title: string): string {
  const page = [
    '<html>',
    `<head><title>${title}</title></head>`,
    '<body>',
    `<center><h1>${title}</h1></center>`,
    '<hr><center>openresty</center>',
    '</body>',
    '</html>',
  ];
  return page.join('\r\n') + '\r\n'.repeat(8);
}
