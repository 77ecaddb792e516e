import type { ErrorName } from '../contract/errors.ts';
import { isLong, nextTurn } from '../engine/turn.ts';
import type { Failure } from '../exchange/failure.ts';
import { deepest, isDeeperThan, isJsonObject, type JsonObject } from '../exchange/json.ts';
import { findDecompressor } from './decompress.ts';

export type Body =
  | { readonly ok: true; readonly text: string; readonly value: JsonObject }
  | { readonly ok: false; readonly failure: Failure<ErrorName> };

/** A request's JSON object, or why there is none. Never more than `maxBody` bytes are kept. */
export async function readBody(request: Request, maxBody: number): Promise<Body> {
  const text = await readText(request, maxBody);
  if (typeof text !== 'string') return { ok: false, failure: text };
  if (isLong(text)) await nextTurn();
  const body = parse(text);
  if (isLong(text)) await nextTurn();
  return body.ok && isDeeperThan(body.value, deepest)
    ? invalid(`The body nests deeper than ${deepest} levels.`)
    : body;
}

function parse(text: string): Body {
  try {
    const value: unknown = JSON.parse(text);
    if (!isJsonObject(value)) return invalid('The body has to be a JSON object.');
    return { ok: true, text, value };
  } catch (error) {
    return invalid(text === '' ? 'The body is empty.' : `The body is not JSON: ${error}`);
  }
}

function invalid(hint: string): Body {
  return { ok: false, failure: { name: 'invalid_json', hint } };
}

type Text = string | Failure<ErrorName>;

function readText(request: Request, maxBody: number): Text | Promise<Text> {
  const length = Number(request.headers.get('content-length') ?? Number.NaN);
  if (length > maxBody) return tooLarge(maxBody);
  const encodings = listEncodings(request.headers.get('content-encoding'));
  if (encodings.length === 0 && !Number.isNaN(length)) return request.text();
  return decode(request.body, encodings, maxBody);
}

async function decode(
  body: ReadableStream<Uint8Array> | null,
  encodings: readonly string[],
  maxBody: number,
): Promise<Text> {
  const bytes = await collect(body, maxBody);
  return bytes ? decodeBytes(bytes, encodings, maxBody) : tooLarge(maxBody);
}

/** Outermost first. */
function listEncodings(header: string | null): string[] {
  if (header === null) return [];
  return header
    .split(',')
    .map((encoding) => encoding.trim().toLowerCase())
    .filter((encoding) => encoding !== '' && encoding !== 'identity')
    .reverse();
}

/**
 * All bytes of a body, or nothing when there are too many. Those are read on for a while without
 * being kept: a client still writing would lose the answer to a closed connection.
 */
async function collect(
  body: ReadableStream<Uint8Array> | null,
  maxBody: number,
): Promise<Blob | undefined> {
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  let size = 0;
  for await (const chunk of body ?? []) {
    size += chunk.byteLength;
    if (size <= maxBody) chunks.push(new Uint8Array(chunk));
    if (size > 2 * maxBody) break;
  }
  return size <= maxBody ? new Blob(chunks) : undefined;
}

async function decodeBytes(
  bytes: Blob,
  encodings: readonly string[],
  maxBody: number,
): Promise<Text> {
  let stream: ReadableStream<Uint8Array> = bytes.stream();
  for (const encoding of encodings) {
    const decompressor = await findDecompressor(encoding);
    if (!decompressor) return undecodable(`Cannot decode the content encoding "${encoding}".`);
    stream = stream.pipeThrough(decompressor).pipeThrough(limitBytes(maxBody));
  }
  try {
    return await new Response(stream).text();
  } catch (error) {
    if (error instanceof TooLargeError) return tooLarge(maxBody);
    return undecodable(`The body is not valid "${encodings.join(', ')}".`);
  }
}

class TooLargeError extends Error {}

function limitBytes(limit: number): TransformStream<Uint8Array, Uint8Array> {
  let seen = 0;
  return new TransformStream({
    transform(chunk, controller) {
      seen += chunk.byteLength;
      if (seen > limit) throw new TooLargeError();
      controller.enqueue(chunk);
    },
  });
}

/** The connection closes after it: what the client still sends would be taken for a request. */
function tooLarge(maxBody: number): Failure<ErrorName> {
  const message = `The body is longer than ${maxBody} bytes, the limit of this mock: raise it with --max-body.`;
  return { name: 'request_too_large', message, headers: { connection: 'close' } };
}

function undecodable(reason: string): Failure<ErrorName> {
  const message = `${reason} Send gzip, deflate, br or no content encoding.`;
  return { name: 'unsupported_encoding', message };
}
