import { expect, it } from 'vitest';
import { importHar } from '../../src/importing/har.ts';
import { createLongCatMock, frozenClock, type LongCatMock } from '../../src/index.ts';
import { listShipped } from '../../src/scenario/shipped.ts';
import { ask, chatPath, messagesPath, readEvents } from '../ask.ts';
import { hearChat, hearMessage } from '../fixtures/heard.ts';
import { type Exchange, toArchive } from './archive.ts';
import { serveImported, settleAll } from './land.ts';

const parameters = { type: 'object', properties: { city: { type: 'string' } } };
const names = ['get_weather', 'update_plan'];

/** One conversation in both formats: a question, a question with tools, and a tool's result. */
const conversations = {
  [chatPath]: {
    tools: names.map((name) => ({ type: 'function', function: { name, parameters } })),
    result: [
      {
        role: 'assistant',
        content: null,
        tool_calls: names.slice(0, 1).map((name) => ({
          ...{ id: 'call_1', type: 'function', function: { name, arguments: '{}' } },
        })),
      },
      { role: 'tool', tool_call_id: 'call_1', content: '18 degrees' },
    ],
  },
  [messagesPath]: {
    tools: names.map((name) => ({ name, input_schema: parameters })),
    result: [
      {
        role: 'assistant',
        content: [{ type: 'tool_use', id: 'toolu_1', name: 'get_weather', input: {} }],
      },
      {
        role: 'user',
        content: [{ type: 'tool_result', tool_use_id: 'toolu_1', content: '18 degrees' }],
      },
    ],
  },
} as const;

const greeting = { role: 'user', content: 'Hello!' };
const question = { role: 'user', content: 'Please call get_weather for Paris.' };

/** Every question whole and streamed, and the greeting again. */
const questions = Object.entries(conversations).flatMap(([path, { tools, result }]) =>
  [
    { messages: [greeting] },
    { messages: [question], tools },
    { messages: [question, ...result], tools },
    { messages: [greeting] },
    { messages: [greeting], temperature: 0.5 },
    { messages: [greeting], temperature: 0.5, thinking: { type: 'disabled' } },
  ].flatMap((members) =>
    [false, true].map((stream) => ({
      path,
      body: {
        model: 'LongCat-2.0',
        max_tokens: 2000,
        thinking: { type: 'enabled' },
        ...members,
        stream,
      },
    })),
  ),
);

async function play(mock: LongCatMock, headers: Record<string, string> = {}): Promise<Exchange[]> {
  const exchanges: Exchange[] = [];
  for (const { path, body } of questions) {
    const response = await ask(body, { path, mock, headers }).catch(() => undefined);
    const text = (await response?.text().catch(() => undefined)) ?? '';
    const status = response?.status ?? 0;
    const kept = { status, headers: Object.fromEntries(response?.headers ?? []), text };
    exchanges.push({ path, body, response: kept });
  }
  return exchanges;
}

/** What a client hears, by readers that are not those of the import. */
async function hear({ path, response: { status, headers, text } }: Exchange) {
  if (status !== 200) return { status, body: text, retry: headers['retry-after-ms'] };
  const listen = path === chatPath ? hearChat : hearMessage;
  const streamed = headers['content-type'] === 'text/event-stream';
  const events = streamed ? await readEvents(new Response(text)) : [{ data: text }];
  const values = events.flatMap(({ data }) => (data === '[DONE]' ? [] : [JSON.parse(data)]));
  const { items: _, ...heard } = listen(values.filter((value) => !('error' in value)));
  const errors = values.filter((value) => 'error' in value);
  const end = streamed ? events.at(-1)?.event || events.at(-1)?.data : 'whole';
  return { ...heard, errors, end: errors.length > 0 ? 'error' : end };
}

async function importPlayed(scenario: string) {
  const origin = createLongCatMock({ clock: frozenClock(0) });
  const played = await play(origin, scenario ? { 'x-longcat-mock-scenario': scenario } : {});
  const imported = importHar(JSON.stringify(toArchive(played)), { file: 'a.har' });
  if (!imported) throw new Error('no archive');
  return { played, imported };
}

/** Their streams or connections break so that there is nothing to compare. */
const broken = [
  ...['connection-reset', 'empty-response', 'garbage-response', 'stream-reset', 'stream-stall'],
  ...['stream-engine-error', 'stream-malformed-event'],
];

/** Their words come back in the form that LongCat’s answers usually have. */
const reshaped = [
  ...['docs-shape-chat', 'docs-shape-messages', 'effective-cached-tokens', 'omni-stream'],
  ...['usage-late', 'usage-twice', 'usage-without-cache'],
];

const shipped = (await listShipped()).map(({ name }) => name);
const usual = shipped.filter((name) => ![...broken, ...reshaped].includes(name));

it.each(['', ...usual])('what "%s" answers comes back from its archive', async (scenario) => {
  const { played, imported } = await importPlayed(scenario);
  const again = await play(await serveImported(imported));

  expect(imported.leftovers).toEqual([]);
  expect(await Promise.all(again.map(hear))).toEqual(await Promise.all(played.map(hear)));
});

it.each(reshaped)('the words of "%s" come back from its archive', async (scenario) => {
  const { played, imported } = await importPlayed(scenario);
  const again = await play(await serveImported(imported));
  const listen = async (exchange: Exchange) => ({ ...(await hear(exchange)), usage: undefined });

  expect(await Promise.all(again.map(listen))).toEqual(await Promise.all(played.map(listen)));
});

it.each([
  ['stream-engine-error', /^the error "The input \(1048577 tokens\)/],
  ['stream-malformed-event', /^a frame$/],
  ['connection-reset', /^the whole call$/],
])('what cannot be had from an archive of "%s" is listed', async (scenario, what) => {
  const { imported } = await importPlayed(scenario);

  expect(imported.leftovers.length).toBeGreaterThan(0);
  for (const leftover of imported.leftovers) expect(leftover.what).toMatch(what);
  expect((await settleAll(imported)).leftovers).toEqual([]);
});
