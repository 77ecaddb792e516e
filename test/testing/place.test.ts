import { expect, it } from 'vitest';
import { startLongCatMock } from '../../src/index.ts';
import { openMock } from '../../src/testing/place.ts';

it('a mock that is there already is used, and left running', async () => {
  await using running = await startLongCatMock({ port: 0, fixtures: [] });
  const mock = await openMock({}, { url: running.url });

  await mock.close();

  expect(mock.url).toBe(running.url);
  expect((await fetch(`${running.url}/ready`)).status).toBe(200);
});

it('without one, the tests have their own, which ends with them', async () => {
  const mock = await openMock({ fixtures: [] });
  expect((await fetch(`${mock.url}/ready`)).status).toBe(200);

  await mock.close();

  await expect(fetch(`${mock.url}/ready`)).rejects.toThrow();
});

it('a mock that cannot start says why', async () => {
  await expect(openMock({ fixtures: ['test/nowhere'] })).rejects.toMatchObject({
    name: 'MockError',
    message: expect.stringContaining('test/nowhere'),
  });
});
