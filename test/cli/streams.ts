import type { Streams } from '../../src/cli/streams.ts';

/** Streams that keep what is written to them. */
export function collectStreams() {
  const written = { out: '', err: '' };
  const streams: Streams = {
    out: { write: (text) => (written.out += text) },
    err: { write: (text) => (written.err += text) },
  };
  return { streams, written };
}
