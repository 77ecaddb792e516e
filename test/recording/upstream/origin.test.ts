import { expect, it } from 'vitest';
import { parseOrigin, resolvePath } from '../../../src/recording/upstream/origin.ts';

it.each([
  ['https://api.longcat.chat', 'https://api.longcat.chat', '', 'api.longcat.chat'],
  ['https://api.longcat.chat/', 'https://api.longcat.chat', '', 'api.longcat.chat'],
  ['HTTPS://Gateway.Example:443/a/b//', 'https://gateway.example', '/a/b', 'gateway.example'],
  ['http://[::1]:8080', 'http://[::1]:8080', '', '::1'],
  // The URL standard reads these as 127.0.0.1.
  ['http://0x7f.1', 'http://127.0.0.1', '', '127.0.0.1'],
])('reads %s', (text, origin, prefix, host) => {
  expect(parseOrigin(text)).toEqual({ origin, prefix, host });
});

it.each([
  ['', 'Invalid --upstream "": expected a URL'],
  ['api.longcat.chat', 'Invalid --upstream "api.longcat.chat": expected a URL'],
  ['ftp://a', 'Invalid --upstream "ftp://a": expected http:// or https://'],
  ['localhost:8080', 'Invalid --upstream "localhost:8080": expected http:// or https://'],
  ['https://a?b=c', 'without "?" and "#"'],
  ['https://a#b', 'without "?" and "#"'],
  ['https://me:secret@a', 'Invalid --upstream "https://…@a": expected no name and no password'],
])('refuses %j with a reason', (text, reason) => {
  expect(() => parseOrigin(text)).toThrow(reason);
});

it('names the flag that was used', () => {
  expect(() => parseOrigin('x', '--target')).toThrow('Invalid --target "x"');
});

const where = parseOrigin('https://gateway.example/longcat');

it('a path comes after the prefix', () => {
  expect(resolvePath(where, '/openai/v1/chat/completions?a=b')).toBe(
    '/longcat/openai/v1/chat/completions?a=b',
  );
});

it.each([
  '.evil.example/',
  '@evil.example/',
  '/../admin',
  '/a/../../admin',
  '/%2e%2e/admin',
  '\\..\\..\\admin',
  'openai',
  '-too/v1',
])('the path %j leads nowhere', (path) => {
  expect(resolvePath(where, path)).toBeUndefined();
});

it.each(['.evil.example/', ':1/', '@evil.example/'])('%j does not change the host', (path) => {
  expect(resolvePath(parseOrigin('https://api.longcat.chat'), path)).toBeUndefined();
});
