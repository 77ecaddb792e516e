import { connect } from 'node:net';
import { type Sent, writeRequest } from '../cases/wire.ts';

/** A request on a TCP connection of its own, and whatever the server sends until it ends that. */
export interface Call {
  /** What each read brought, so far. */
  readonly reads: readonly Buffer[];
  /** All of it, so far; a character a byte. */
  heard(): string;
  /** How the server ended the connection: in good order, or by a reset. */
  readonly end: Promise<'FIN' | 'ECONNRESET'>;
  leave(): void;
}

export function call(port: number, sent: Sent): Call {
  const reads: Buffer[] = [];
  const socket = connect(port, '127.0.0.1').setNoDelay();
  socket.write(writeRequest(sent));
  socket.on('data', (bytes) => reads.push(bytes));
  const end = new Promise<'FIN' | 'ECONNRESET'>((resolve, reject) => {
    socket.once('end', () => resolve('FIN'));
    socket.once('error', (error: NodeJS.ErrnoException) =>
      error.code === 'ECONNRESET' ? resolve(error.code) : reject(error),
    );
    socket.once('close', () => reject(new Error('The connection was closed by this side.')));
  });
  end.catch(() => undefined); // a caller that leaves does not ask for it
  return {
    reads,
    heard: () => Buffer.concat(reads).toString('latin1'),
    end,
    leave: () => socket.destroy(),
  };
}
