import { afterEach, expect, it, vi } from 'vitest';
import { longcatServer } from '../../src/testing/web-server.ts';

afterEach(() => {
  vi.unstubAllEnvs();
});

it('the preset is a command that waits until the mock is ready', () => {
  vi.stubEnv('CI', '');
  vi.stubEnv('LONGCAT_MOCK_URL', undefined);

  const server = longcatServer({ scenario: 'rate-limit', corsOrigins: ['http://localhost:3000'] });

  expect(server).toMatchObject({ url: 'http://127.0.0.1:4010/ready', reuseExistingServer: true });
  expect(server.command).toMatch(
    /cli\.js" "--port" "4010" "--scenario" "rate-limit" "--cors-origin" "http:\/\/localhost:3000"$/,
  );
  expect(process.env['LONGCAT_MOCK_URL']).toBe('http://127.0.0.1:4010');
});

it('where CI is set, a server that is there already is no mock of this run', () => {
  vi.stubEnv('CI', 'true');
  vi.stubEnv('LONGCAT_MOCK_URL', undefined);

  expect(longcatServer({ port: 4020 })).toMatchObject({
    url: 'http://127.0.0.1:4020/ready',
    reuseExistingServer: false,
  });
});
