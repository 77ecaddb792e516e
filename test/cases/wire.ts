import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { chatPath, hello, messagesPath } from '../ask.ts';

export interface Sent {
  readonly method?: string;
  readonly path: string;
  /** Over the usual ones; `undefined` leaves a usual one out. */
  readonly headers?: Readonly<Record<string, string | undefined>>;
  readonly body?: string | Uint8Array;
}

export interface Received {
  readonly status: number;
  /** By lower-case name. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** The body as it was cut for the wire: one entry an HTTP chunk. */
  readonly chunks: readonly Buffer[];
}

/** A TCP connection, whose answers are read byte by byte by a reader that forgives nothing. */
export interface Connection extends Pick<Reader, 'takeLine' | 'takeRest'> {
  write(bytes: string | Uint8Array): Promise<void>;
  readAnswer(method?: string): Promise<Received>;
  destroy(): void;
}

/** A mock on a port, as bytes reach it. */
export interface Wire {
  open(): Promise<Connection>;
  /** One request on a connection of its own, which the server has to close after the answer. */
  send(sent: Sent): Promise<Received>;
  /** The greeting with some members changed, or a body as it is. */
  chat(body?: object | string, headers?: Sent['headers']): Promise<Received>;
  message(body?: object | string, headers?: Sent['headers']): Promise<Received>;
}

export function createWire(port: number): Wire {
  async function send({ headers, ...sent }: Sent): Promise<Received> {
    const connection = await openConnection(port);
    await connection.write(writeRequest({ ...sent, headers: { connection: 'close', ...headers } }));
    const answer = await connection.readAnswer(sent.method);
    const rest = await connection.takeRest();
    if (rest !== '') throw new Error(`Bytes after the answer: "${rest}"`);
    return answer;
  }

  return {
    open: () => openConnection(port),
    send,
    chat: (body, headers = {}) => send({ path: chatPath, headers, body: writeBody(body) }),
    message: (body, headers = {}) => send({ path: messagesPath, headers, body: writeBody(body) }),
  };
}

export function writeBody(body: object | string = {}): string {
  return typeof body === 'string' ? body : JSON.stringify({ ...hello, ...body });
}

/** A request as it goes over the wire. */
export function writeRequest({ method = 'POST', path, headers = {}, body }: Sent): Buffer {
  const bytes = Buffer.from(body ?? '');
  const usual = {
    host: '127.0.0.1',
    authorization: 'Bearer test',
    'content-type': 'application/json',
    ...(body !== undefined && { 'content-length': String(bytes.length) }),
  };
  const lines = Object.entries({ ...usual, ...headers })
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name}: ${value}\r\n`);
  const head = `${method} ${path} HTTP/1.1\r\n${lines.join('')}\r\n`;
  return Buffer.concat([Buffer.from(head), bytes]);
}

async function openConnection(port: number): Promise<Connection> {
  const socket = connect(port, '127.0.0.1').setNoDelay();
  await once(socket, 'connect');
  const reader = createReader(socket);
  return {
    takeLine: reader.takeLine,
    takeRest: reader.takeRest,
    readAnswer: (method) => readAnswer(reader, method),
    write: (bytes) => new Promise((resolve) => socket.write(bytes, () => resolve())),
    destroy: () => socket.destroy(),
  };
}

interface Reader {
  take(length: number): Promise<Buffer>;
  /** Up to CR and LF, which are taken and left out. */
  takeLine(): Promise<string>;
  /** What comes until the server closes. */
  takeRest(): Promise<string>;
}

function createReader(socket: Socket): Reader {
  const incoming = socket[Symbol.asyncIterator]();
  let held = Buffer.alloc(0);

  async function isFilled(): Promise<boolean> {
    const { value, done } = await incoming.next();
    if (!done) held = Buffer.concat([held, value]);
    return !done;
  }

  async function fillUntil(isEnough: () => boolean): Promise<void> {
    while (!isEnough()) {
      if (!(await isFilled())) throw new Error(`The answer ended early, after "${held}".`);
    }
  }

  async function take(length: number): Promise<Buffer> {
    await fillUntil(() => held.length >= length);
    const bytes = held.subarray(0, length);
    held = held.subarray(length);
    return bytes;
  }

  return {
    take,
    async takeLine() {
      await fillUntil(() => held.includes('\r\n'));
      const line = await take(held.indexOf('\r\n'));
      await take(2);
      return line.toString('latin1');
    },
    async takeRest() {
      while (await isFilled());
      return held.toString('latin1');
    },
  };
}

async function readAnswer(reader: Reader, method = 'POST'): Promise<Received> {
  const [, status = ''] = /^HTTP\/1\.1 (\d{3}) .+$/.exec(await reader.takeLine()) ?? [];
  const headers = await readHeaders(reader);
  const isBodiless = method === 'HEAD' || status.startsWith('1') || status === '204';
  const chunks = isBodiless ? [] : await readBody(reader, headers);
  return { status: Number(status), headers, body: decodeUtf8(Buffer.concat(chunks)), chunks };
}

async function readHeaders(reader: Reader): Promise<Record<string, string>> {
  const headers: Record<string, string> = {};
  for (let line = await reader.takeLine(); line !== ''; line = await reader.takeLine()) {
    const [, name = '', value = ''] = /^([!-9;-~]+): (.*)$/.exec(line) ?? [];
    headers[name.toLowerCase()] = value;
  }
  return headers;
}

async function readBody(reader: Reader, headers: Received['headers']): Promise<Buffer[]> {
  const { 'transfer-encoding': coding, 'content-length': size } = headers;
  if (coding === undefined) return [await reader.take(Number(size))];

  const chunks: Buffer[] = [];
  for (;;) {
    const length = Number.parseInt(await reader.takeLine(), 16);
    const chunk = await reader.take(length);
    const end = await reader.takeLine();
    if (end !== '') throw new Error(`A chunk of ${length} bytes goes on with "${end}".`);
    if (length === 0) return chunks;
    chunks.push(chunk);
  }
}

/** Throws at a byte that is not UTF-8; a byte order mark stays in sight. */
function decodeUtf8(bytes: Uint8Array): string {
  return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
}
