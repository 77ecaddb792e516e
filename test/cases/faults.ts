import { expect } from 'vitest';
import { errorCatalogue, errorNames } from '../../src/contract/errors.ts';
import { createManualTimekeeper } from '../../src/engine/clock.ts';
import { startLongCatMock } from '../../src/index.ts';
import type { FixtureInput } from '../../src/scenario/schema.ts';
import { chatPath, hello, messagesPath } from '../ask.ts';
import { script } from '../script.ts';
import { waitFor } from '../wait.ts';
import { expectError, readChoice, readCompletion, readMessage } from './answers.ts';
import type { Row } from './row.ts';
import { createWire, type Wire, writeBody, writeRequest } from './wire.ts';

/** A mock on a socket whose every answer is scripted so. */
async function withReply(
  respond: FixtureInput['respond'],
  prove: (wire: Wire) => Promise<void>,
): Promise<void> {
  await using mock = await startLongCatMock({ port: 0 });
  script(mock, [{ id: 'scripted', respond }]);
  await prove(createWire(mock.port));
}

/** The bodies that LongCat's documentation and observation give, byte for byte. */
const rateLimited =
  '{"error":{"code":"rate_limit_exceeded","message":"Request rate limit exceeded, please try again later","type":"rate_limit_error","retry_after":60}}';
const quotaUsedUp =
  '{"error":{"code":"too_many_requests","message":"AppId:**xxxx 达到使用量上限","type":"rate_limit_error"}}';
const unpaid =
  '{"error":{"message":"Insufficient token quota","type":"permission_error","code":"insufficient_quota"}}';
const denied =
  '{"error":{"message":"API key quota insufficient","type":"permission_error","code":"insufficient_quota"}}';

const retryHeaders = ['retry-after', 'retry-after-ms', 'x-should-retry'];

/** A body with these bytes for the user's words. */
function say(content: string | Uint8Array): Buffer {
  const [before = '', after = ''] = writeBody().split('Hello!');
  return Buffer.concat([Buffer.from(before), Buffer.from(content), Buffer.from(after)]);
}

/** Cases 58 to 64: failures, retries, slowness, and requests that are meant to hurt. */
export const faults: readonly Row[] = [
  {
    number: 58,
    title: 'a 429 is LongCat’s body to the byte, and its headers name no time unless told to',
    async prove() {
      const bodies = [
        ['rate_limit_exceeded', rateLimited],
        ['quota_exhausted', quotaUsedUp],
      ] as const;
      for (const [name, body] of bodies) {
        await withReply({ error: name }, async ({ chat, message }) => {
          for (const received of [await chat(), await message(), await chat({ stream: true })]) {
            expectError(received, 429, body);
            const names = Object.keys(received.headers);
            expect(names.filter((header) => /retry|ratelimit/.test(header))).toEqual([]);
          }
        });
      }
      const error = {
        name: 'rate_limit_exceeded',
        retryAfterHeader: 1,
        retryAfterMs: 5,
        sdkRetry: true,
      } as const;
      await withReply({ error }, async ({ chat }) => {
        const received = await chat();
        expectError(received, 429, rateLimited);
        const told = { 'retry-after': '1', 'retry-after-ms': '5', 'x-should-retry': 'true' };
        expect(received.headers).toMatchObject(told);
      });
    },
  },
  {
    number: 59,
    title: 'each attempt takes a step, so that two failures and a success are three requests',
    async prove() {
      const failure = { error: 'service_unavailable' } as const;
      for (const format of ['chat', 'message'] as const) {
        await withReply([failure, failure, { text: 'Hello!' }], async (wire) => {
          const statuses: number[] = [];
          for (const count of ['0', '1', '2']) {
            statuses.push((await wire[format]({}, { 'x-stainless-retry-count': count })).status);
          }
          expect(statuses).toEqual([503, 503, 200]);
        });
      }
    },
  },
  {
    number: 60,
    title: 'the mock’s own refusals and its crashes tell the clients not to retry',
    options: { maxBody: 1000 },
    async prove({ chat, message }) {
      for (const post of [chat, message]) {
        const own = [
          await post({ padding: 'x'.repeat(1000) }),
          await post({}, { 'content-encoding': 'lzma' }),
          await post({}, { host: 'evil.example' }),
          await post({}, { origin: 'https://evil.example' }),
        ];
        expect(own.map(({ status }) => status)).toEqual([413, 415, 403, 403]);
        for (const { headers } of own) expect(headers['x-should-retry']).toBe('false');
        const { headers } = await post({ messages: [] });
        expect(headers).not.toHaveProperty('x-should-retry');
      }
      const clock = {
        now: () => {
          throw new Error('broken');
        },
      };
      await using crashing = await startLongCatMock({ port: 0, clock });
      const received = await createWire(crashing.port).chat();
      expectError(
        received,
        500,
        '{"error":{"message":"longcat-mock failed: broken","type":"server_error","code":"internal_error"}}',
      );
      expect(received.headers['x-should-retry']).toBe('false');
    },
  },
  {
    number: 61,
    title:
      'a spent quota is 402 or 403 without a word on retrying, and LongCat sends no 408 or 409',
    decision: 'LongCat was never seen with 408 or 409; the one 409 is the mock’s own.',
    async prove() {
      const bodies = [
        ['insufficient_quota', 402, unpaid],
        ['permission_denied', 403, denied],
      ] as const;
      for (const [name, status, body] of bodies) {
        await withReply({ error: name }, async ({ chat, message }) => {
          for (const received of [await chat(), await message()]) {
            expectError(received, status, body);
            for (const header of retryHeaders) expect(received.headers).not.toHaveProperty(header);
          }
        });
      }
      const timeouts = errorNames.filter((name) =>
        [408, 409].includes(errorCatalogue[name].status),
      );
      expect(timeouts).toEqual(['session_evicted']);
    },
  },
  {
    number: 62,
    title: 'an answer that takes its time is waited for, and holds up no other',
    async prove() {
      await using mock = await startLongCatMock({ port: 0 });
      const match = { messages: { last: { text: 'slow' } } };
      script(mock, [
        { id: 'quick', respond: { text: 'Here.' } },
        { id: 'slow', match, respond: { text: 'At last.', delay: 60_000 } },
      ]);
      const clock = createManualTimekeeper(0);
      mock.engine.sessions.change('default', { clock });
      const { chat, message } = createWire(mock.port);
      const slow = chat({ messages: [{ role: 'user', content: 'slow' }] });

      readMessage(await message());
      await waitFor(() => mock.engine.journal.list().length === 2);
      clock.advance(60_000);
      expect(readChoice(await slow).message.content).toBe('At last.');
    },
  },
  {
    number: 62,
    title: 'a request that trickles in byte by byte is answered as any other',
    async prove({ open, chat }) {
      const connection = await open();
      for (const byte of writeRequest({ path: chatPath, body: JSON.stringify(hello) })) {
        await connection.write(Buffer.of(byte));
      }

      expect(readChoice(await connection.readAnswer())).toEqual(readChoice(await chat()));
      connection.destroy();
    },
  },
  {
    number: 63,
    title: 'a whole answer is as long as it says, in bytes',
    async prove({ chat, message }) {
      for (const content of ['Hello!', '你好，猫！😀']) {
        const messages = [{ role: 'user', content }];
        for (const received of [await chat({ messages }), await message({ messages })]) {
          const length = Buffer.byteLength(received.body);
          expect(received.headers['content-length']).toBe(String(length));
          expect(received.body.endsWith('}')).toBe(true);
        }
      }
    },
  },
  {
    number: 63,
    title: 'a connection that breaks before its answer leaves a mock that answers',
    async prove() {
      const breaks = [{ text: 'Never sent.', fault: 'CONNECTION_RESET_BY_PEER' } as const];
      await withReply([...breaks, { text: 'Hello!' }], async ({ chat }) => {
        await expect(chat()).rejects.toThrow();
        readCompletion(await chat());
      });
    },
  },
  {
    number: 63,
    title: 'a request that ends before its length leaves a mock that answers',
    async prove({ open, chat }) {
      for (const path of [chatPath, messagesPath]) {
        const connection = await open();
        const headers = { 'content-length': '1000' };
        await connection.write(writeRequest({ path, headers, body: '{"model":"Long' }));
        connection.destroy();
      }

      readCompletion(await chat());
    },
  },
  {
    number: 64,
    title: 'of a member given twice the last counts, and names of prototypes are only names',
    async prove({ chat, message }) {
      const twice = `{"model":"other","model":"LongCat-2.0",${writeBody().slice(1)}`;
      const polluting = `{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},${writeBody().slice(1)}`;

      for (const post of [chat, message]) {
        for (const body of [twice, polluting]) expect((await post(body)).status).toBe(200);
      }
      expect({}).not.toHaveProperty('polluted');
    },
  },
  {
    number: 64,
    title: 'bytes that are no characters are answered, and the answer is sound UTF-8',
    async prove({ send }) {
      const bodies = [
        say(Uint8Array.of(0xff, 0xfe)),
        say(Uint8Array.of(0xf0, 0x9f, 0x98)),
        say(Uint8Array.of(0xed, 0xa0, 0x80)),
        say('\\ud83d'),
        say('\\ude00\\ud83d'),
        say('\\u0000'),
        Buffer.concat([Buffer.from('\ufeff'), say('Hello!')]),
      ];
      for (const body of bodies) {
        for (const stream of [false, true]) {
          const asked = stream
            ? Buffer.from(body.toString('latin1').replace('{', '{"stream":true,'), 'latin1')
            : body;
          readText(await send({ path: chatPath, body: asked }));
          readText(await send({ path: messagesPath, body: asked }));
        }
      }
    },
  },
];

/** The reader of the wire throws at bytes that are not UTF-8. */
function readText({ status, body }: { readonly status: number; readonly body: string }): void {
  expect(status).toBe(200);
  expect(body).toMatch(/LongCat-2\.0/);
}
