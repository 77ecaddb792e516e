import { EventEmitter, once } from 'node:events';
import { expect } from 'vitest';
import { type ErrorName, errorCatalogue } from '../../src/contract/errors.ts';
import { settleQuirks } from '../../src/contract/quirks.ts';
import { createEngine, type Engine } from '../../src/engine/engine.ts';
import type { Failure } from '../../src/exchange/failure.ts';
import { createApp } from '../../src/http/app.ts';
import { listen } from '../../src/http/listen.ts';
import { parseOptions } from '../../src/options.ts';
import { chatPath, hello, messagesPath } from '../ask.ts';
import { expectError, readChoice, readCompletion, readMessage } from './answers.ts';
import type { Row } from './row.ts';
import { createWire, type Wire, writeBody, writeRequest } from './wire.ts';

/** Puts an engine of the row's own behind the real routes and a real socket. */
async function withEngine(engine: Engine, prove: (wire: Wire) => Promise<void>): Promise<void> {
  const { seed, clock, quirks, ...settings } = parseOptions({});
  const app = createApp({ ...settings, engine, version: 'test', quirks: settleQuirks(quirks) });
  const listener = await listen({
    host: '127.0.0.1',
    port: 0,
    fetch: (request) => app.fetch(request),
  });
  try {
    await prove(createWire(listener.port));
  } finally {
    await listener.close();
  }
}

/** An engine that always fails. */
function failing(failure: Failure<ErrorName>): Engine {
  return { answer: async () => ({ kind: 'failure', failure }) };
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
    decision: 'No request provokes a 429 yet: an engine that fails is put behind the real routes.',
    async prove() {
      const bodies = [
        ['rate_limit_exceeded', rateLimited],
        ['quota_exhausted', quotaUsedUp],
      ] as const;
      for (const [name, body] of bodies) {
        await withEngine(failing({ name }), async ({ chat, message }) => {
          for (const received of [await chat(), await message(), await chat({ stream: true })]) {
            expectError(received, 429, body);
            const names = Object.keys(received.headers);
            expect(names.filter((header) => /retry|ratelimit/.test(header))).toEqual([]);
          }
        });
      }
      const headers = { 'retry-after': '1', 'retry-after-ms': '5', 'x-should-retry': 'true' };
      await withEngine(failing({ name: 'rate_limit_exceeded', headers }), async ({ chat }) => {
        const received = await chat();
        expectError(received, 429, rateLimited);
        expect(received.headers).toMatchObject(headers);
      });
    },
  },
  {
    number: 59,
    title:
      'each attempt asks the engine once, so that two failures and a success are three requests',
    decision:
      'No request fails a number of times yet: an engine that counts is put behind the real routes.',
    async prove() {
      const real = createEngine();
      let asked = 0;
      const engine: Engine = {
        async answer(question) {
          asked += 1;
          const failure = { name: 'service_unavailable' } as const;
          return asked % 3 === 0 ? real.answer(question) : { kind: 'failure', failure };
        },
      };
      await withEngine(engine, async ({ chat, message }) => {
        for (const post of [chat, message]) {
          const statuses: number[] = [];
          for (const count of ['0', '1', '2']) {
            statuses.push((await post({}, { 'x-stainless-retry-count': count })).status);
          }
          expect(statuses).toEqual([503, 503, 200]);
        }
      });
      expect(asked).toBe(6);
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
      const crashing: Engine = { answer: () => Promise.reject(new Error('broken')) };
      await withEngine(crashing, async (wire) => {
        const received = await wire.chat();
        expectError(
          received,
          500,
          '{"error":{"message":"longcat-mock failed: broken","type":"server_error","code":"internal_error"}}',
        );
        expect(received.headers['x-should-retry']).toBe('false');
      });
    },
  },
  {
    number: 61,
    title: 'a spent quota is 402 or 403 without a word on retrying, and nothing is 408 or 409',
    decision: 'No request provokes them yet, and LongCat was never seen with 408 or 409.',
    async prove() {
      const bodies = [
        ['insufficient_quota', 402, unpaid],
        ['permission_denied', 403, denied],
      ] as const;
      for (const [name, status, body] of bodies) {
        await withEngine(failing({ name }), async ({ chat, message }) => {
          for (const received of [await chat(), await message()]) {
            expectError(received, status, body);
            for (const header of retryHeaders) expect(received.headers).not.toHaveProperty(header);
          }
        });
      }
      const statuses: number[] = Object.values(errorCatalogue).map(({ status }) => status);
      expect(statuses.filter((status) => status === 408 || status === 409)).toEqual([]);
    },
  },
  {
    number: 62,
    title: 'an answer that takes its time is waited for, and holds up no other',
    decision: 'Nothing slows an answer yet: an engine that waits is put behind the real routes.',
    async prove() {
      const real = createEngine();
      const gate = new EventEmitter();
      const engine: Engine = {
        async answer(question) {
          if (question.prompt.maxTokens === 7) {
            gate.emit('entered');
            await once(gate, 'released');
          }
          return real.answer(question);
        },
      };
      await withEngine(engine, async ({ chat, message }) => {
        const entered = once(gate, 'entered');
        const slow = chat({ max_tokens: 7 });
        await entered;
        readMessage(await message());
        gate.emit('released');
        expect(readChoice(await slow).finish_reason).toBe('length');
      });
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
    decision: 'Nothing cuts a whole answer short yet, so that its length is what can be held.',
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
