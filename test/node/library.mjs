// Uses what is built as a program would; prints "ok" and nothing else.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startLongCatMock } from '../../dist/index.js';

const folder = mkdtempSync(join(tmpdir(), 'longcat-mock-'));
const fixture = `version: 1
fixtures:
  - id: meow
    match: { messages: { last: { text: { matches: "(?i)meow" } } } }
    respond: { text: "Meow, 你好." }
`;
writeFileSync(join(folder, 'a.yaml'), fixture);
const mock = await startLongCatMock({ port: 0, fixtures: [folder], onUnmatched: 'dynamic' });

async function ask(path, body) {
  const response = await fetch(mock.url + path, {
    method: 'POST',
    headers: { authorization: 'Bearer any' },
    body: JSON.stringify({ model: 'LongCat-2.0', max_tokens: 50, ...body }),
  });
  return { status: response.status, text: await response.text() };
}

const meow = { messages: [{ role: 'user', content: 'MEOW' }] };
const whole = await ask('/openai/v1/chat/completions', meow);
assert.equal(JSON.parse(whole.text).choices[0].message.content, 'Meow, 你好.');
const streamed = await ask('/openai/v1/chat/completions', { ...meow, stream: true });
assert.match(streamed.text, /data: \[DONE\]\n\n$/);
const message = await ask('/anthropic/v1/messages', { ...meow, stream: true });
assert.match(message.text, /event: message_stop/);
const generated = await ask('/openai/v1/chat/completions', {
  messages: [{ role: 'user', content: '你好' }],
});
assert.equal(generated.status, 200);
const refused = await ask('/openai/v1/chat/completions', { messages: 'none' });
assert.equal(refused.status, 400);
await mock.close();
rmSync(folder, { recursive: true });
process.stdout.write('ok\n');
