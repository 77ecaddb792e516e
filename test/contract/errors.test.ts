import { expect, it } from 'vitest';
import {
  ErrorBody,
  type ErrorName,
  errorCatalogue,
  renderError,
  WafBody,
} from '../../src/contract/errors.ts';

const names = Object.keys(errorCatalogue) as ErrorName[]; // Object.keys widens to string

it.each(names)('%s is accepted by its published schema', (name) => {
  const { status, contentType, body } = renderError(name);

  expect(status).toBeGreaterThanOrEqual(400);
  if (contentType === 'text/html') expect(body).toMatch(/^<html>\r\n[\s\S]*<\/html>(\r\n){8}$/);
  else expect(() => (status === 456 ? WafBody : ErrorBody).parse(JSON.parse(body))).not.toThrow();
});

it.each<[ErrorName, number, string]>([
  [
    'rate_limit_exceeded',
    429,
    '{"error":{"code":"rate_limit_exceeded","message":"Request rate limit exceeded, please try again later","type":"rate_limit_error","retry_after":60}}',
  ],
  [
    'quota_exhausted',
    429,
    '{"error":{"code":"too_many_requests","message":"AppId:**xxxx 达到使用量上限","type":"rate_limit_error"}}',
  ],
  [
    'insufficient_quota',
    402,
    '{"error":{"message":"Insufficient token quota","type":"permission_error","code":"insufficient_quota"}}',
  ],
  [
    'permission_denied',
    403,
    '{"error":{"message":"API key quota insufficient","type":"permission_error","code":"insufficient_quota"}}',
  ],
  [
    'internal_error',
    500,
    '{"error":{"message":"Internal server error","type":"server_error","code":"internal_error"}}',
  ],
  [
    'waf_blocked',
    456,
    '{"status":456,"message":"Forbidden,[Contact:edp.waf@meituan.com]","request_id":"e687967a101f80243835502dc5822c0a724"}',
  ],
])('%s is %i, with LongCat’s members in LongCat’s order', (name, status, body) => {
  expect(renderError(name)).toEqual({ status, contentType: 'application/json', body });
});

it('a message takes the place of the sample’s, and the other members stay', () => {
  expect(JSON.parse(renderError('rate_limit_exceeded', { message: 'Slow down' }).body)).toEqual({
    error: {
      code: 'rate_limit_exceeded',
      message: 'Slow down',
      type: 'rate_limit_error',
      retry_after: 60,
    },
  });
});
