// One server of the benchmark, in a process of its own: `bare` or `mock`. Tells its port once it
// listens, and its CPU time whenever it is asked.
import { createServer } from 'node:http';

const [kind] = process.argv.slice(2);
const start = kind === 'bare' ? startBare : startMock;
const port = await start();
process.on('message', () => process.send?.({ cpu: process.cpuUsage() }));
process.send?.({ port });

async function startMock() {
  const { startLongCatMock } = await import('../../dist/index.js');
  return (await startLongCatMock({ port: 0 })).port;
}

/** What nobody can do without: read the body, parse it, write an answer of the same size. */
function startBare() {
  const frames = Array.from({ length: 100 }, (_, index) => frame(index));
  const server = createServer((request, response) => {
    const chunks = [];
    request.on('data', (chunk) => chunks.push(chunk));
    request.on('end', () => {
      const { stream } = JSON.parse(Buffer.concat(chunks).toString());
      if (stream) writeFrames(response, frames);
      else writeWhole(response);
    });
  });
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve(server.address().port));
  });
}

function frame(index) {
  return {
    id: '0'.repeat(32),
    object: 'chat.completion.chunk',
    choices: [
      {
        delta: { content: `word ${index} ` },
        index: 0,
        finish_reason: null,
        matched_stop: null,
        logprobs: null,
      },
    ],
    lastOne: false,
  };
}

function writeFrames(response, frames) {
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  for (const payload of frames) response.write(`data: ${JSON.stringify(payload)}\n\n`);
  response.end('data: [DONE]\n\n');
}

function writeWhole(response) {
  const body = JSON.stringify({
    id: '0'.repeat(32),
    object: 'chat.completion',
    content: 'x'.repeat(700),
  });
  response.writeHead(200, { 'content-type': 'application/json' });
  response.end(body);
}
