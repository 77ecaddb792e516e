import { expect, it } from 'vitest';
import { chatPath } from '../ask.ts';
import { checkBodies } from './published.ts';

const url = `http://localhost${chatPath}`;

function answering(body: string, init: ResponseInit): typeof fetch {
  return checkBodies(async () => new Response(body, init));
}

it.each([
  ['whole answer', '{"id":"x"}', { headers: { 'content-type': 'application/json' } }],
  ['event', 'data: {"id":"x"}\n\n', { headers: { 'content-type': 'text/event-stream' } }],
  ['error', '{"error":"x"}', { status: 400, headers: { 'content-type': 'application/json' } }],
])('a client cannot read an %s that its published schema refuses', async (_kind, body, init) => {
  const response = await answering(body, init)(url);

  await expect(response.text()).rejects.toThrow(/"code": "invalid_|"code": "unrecognized_keys"/);
});
