import type { ServerResponse } from 'node:http';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import type { ConnectionFault } from '../exchange/delivery.ts';

/** The connection under a request, for failures that HTTP itself cannot express. */
export interface Connection {
  /** The request's headers as they came: names and values in turn. */
  readonly rawHeaders?: readonly string[];
  /** Fails as told. What it returns stands for an answer that is never written. */
  fail(fault: ConnectionFault, garbage: Uint8Array): Response;
  /** Sends RST in place of whatever would follow; absent where there is no socket. */
  reset?(): void;
}

export function createConnection({ socket, req }: ServerResponse): Connection {
  return {
    rawHeaders: req.rawHeaders,
    reset: () => void socket?.resetAndDestroy(),
    fail(fault, garbage) {
      if (socket) breakSocket(socket, fault, garbage);
      return RESPONSE_ALREADY_SENT;
    },
  };
}

function breakSocket(
  socket: NonNullable<ServerResponse['socket']>,
  fault: ConnectionFault,
  garbage: Uint8Array,
): void {
  switch (fault) {
    case 'CONNECTION_RESET_BY_PEER':
      socket.resetAndDestroy();
      return;
    case 'EMPTY_RESPONSE':
      socket.end();
      return;
    case 'RANDOM_DATA_THEN_CLOSE':
      socket.end(garbage);
      return;
    case 'MALFORMED_RESPONSE_CHUNK':
      socket.write(malformedHead);
      socket.end(garbage);
      return;
    default:
      fault satisfies never;
  }
}

/** An answer that looks well until its first chunk. */
const malformedHead = [
  'HTTP/1.1 200 OK',
  'content-type: application/json',
  'transfer-encoding: chunked',
  '\r\n',
].join('\r\n');
