import type { ServerResponse } from 'node:http';
import type { ConnectionFault } from '../exchange/delivery.ts';
import type { Flow, FlowingAnswer } from './flow.ts';

/** The connection under a request: for failures that HTTP itself cannot express, and for streams. */
export interface Connection {
  /** The request's headers as they came: names and values in turn. */
  readonly rawHeaders?: readonly string[];
  /** Fails as told. What it returns stands for an answer that is never written. */
  fail(fault: ConnectionFault, garbage: Uint8Array): Response;
  /** Sends RST in place of whatever would follow; absent where there is no socket. */
  reset?(): void;
  /** Writes an answer past the web's streams. What it returns stands for it in the log. */
  stream?(answer: FlowingAnswer): Response;
}

/** Of a socket: whether an answer has gone out on it already. */
export interface SocketConnection extends Connection {
  readonly isAnswered: boolean;
}

export function createConnection(outgoing: ServerResponse): SocketConnection {
  return new NodeConnection(outgoing);
}

/** A class, since every request has one: its methods are not made again for each. */
class NodeConnection implements SocketConnection {
  isAnswered = false;
  readonly rawHeaders: readonly string[];
  readonly outgoing: ServerResponse;

  constructor(outgoing: ServerResponse) {
    this.outgoing = outgoing;
    this.rawHeaders = outgoing.req.rawHeaders;
  }

  reset(): void {
    this.outgoing.socket?.resetAndDestroy();
  }

  fail(fault: ConnectionFault, garbage: Uint8Array): Response {
    const { socket } = this.outgoing;
    if (socket) breakSocket(socket, fault, garbage);
    this.isAnswered = true;
    return new Response(null);
  }

  stream({ status, headers, flow }: FlowingAnswer): Response {
    this.isAnswered = true;
    this.outgoing.writeHead(status, headers);
    pour(flow, this.outgoing);
    return new Response(null, { status });
  }
}

function pour(flow: Flow, outgoing: ServerResponse): void {
  let isOver = false;
  let hasWritten = false;
  outgoing.on('close', () => {
    if (!isOver) flow.leave();
  });
  outgoing.on('drain', () => flow.resume?.());
  flow.begin({
    write(piece) {
      hasWritten = true;
      return outgoing.write(piece);
    },
    end() {
      isOver = true;
      outgoing.end();
    },
    fail: (error) => outgoing.destroy(error),
  });
  if (!hasWritten) outgoing.flushHeaders(); // they go with the first words, if those go at once
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
