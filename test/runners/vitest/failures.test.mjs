import { expect, test } from 'longcat-mock/vitest';
import OpenAI from 'openai';
import { describe } from 'vitest';

const hello = { model: 'LongCat-2.0', messages: [{ role: 'user', content: 'hello' }] };

async function ask(longcat) {
  const client = new OpenAI({ ...longcat.openai(), maxRetries: 0 });
  await client.chat.completions.create(hello).catch(() => {}); // as an application may swallow it
}

const burst = {
  id: 'burst',
  match: { messages: { last: { text: { contains: 'burst' } } } },
  respond: {},
};

test('unmatched', async ({ longcat }) => {
  await longcat.use(burst);
  await ask(longcat);
});

test('forgotten', async ({ longcat }) => {
  await ask(longcat);
  longcat.use({ id: 'late', respond: {} });
});

test('not received', async ({ longcat }) => {
  await ask(longcat);
  await expect(longcat).toHaveReceived({ messages: { last: { text: 'bye' } } });
});

test('received after all', async ({ longcat }) => {
  await ask(longcat);
  await expect(longcat).not.toHaveReceived({ model: 'LongCat-2.0' });
});

test('refused', async ({ longcat }) => {
  await longcat.use({ id: 'wrong', respond: { txt: 'Hello.' } });
});

test('no session', async () => {
  await expect({}).toHaveReceived({});
});

test('gone', async ({ longcat, longcatMock }) => {
  await fetch(`${longcatMock.url}/__admin/sessions/${longcat.name}`, { method: 'DELETE' });
});

describe('with an option', () => {
  test.override({ longcatOptions: { scenario: 'rate-limt' } });

  test('unknown scenario', async ({ longcat }) => {
    await ask(longcat);
  });
});
