import { createServer, request } from 'node:http';
import { listen } from './listen.mjs';

/** Passes every request on to the mock, and keeps what was asked and answered. */
export async function startRecorder(target) {
  const exchanges = [];
  const server = createServer((incoming, outgoing) => {
    const { method, url, headers } = incoming;
    const exchange = { method, path: url, status: 0, question: '', answer: '' };
    exchanges.push(exchange);
    const forwarded = request(new URL(url, target), { method, headers }, (answer) => {
      exchange.status = answer.statusCode;
      outgoing.writeHead(answer.statusCode, answer.headers);
      keep(answer, exchange, 'answer').pipe(outgoing);
    });
    keep(incoming, exchange, 'question').pipe(forwarded);
    forwarded.on('error', () => outgoing.destroy());
    outgoing.on('close', () => forwarded.destroy());
  });
  return { exchanges, ...(await listen(server)) };
}

/** The JSON of the events of a recorded stream. */
export function readEvents({ answer }) {
  const lines = answer.split('\n').filter((line) => line.startsWith('data: {'));
  return lines.map((line) => JSON.parse(line.slice('data: '.length)));
}

function keep(stream, exchange, side) {
  return stream.setEncoding('utf8').on('data', (text) => {
    exchange[side] += text;
  });
}
