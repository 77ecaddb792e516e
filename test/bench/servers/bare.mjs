import { createServer } from 'node:http';

/** What nobody can do without: read the body, parse it, write an answer of about the same size. */
export function start({ frames }) {
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

const head = {
  id: '0'.repeat(32),
  object: 'chat.completion.chunk',
  created: 0,
  model: 'LongCat-2.0',
};

function writeFrames(response, frames) {
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  for (let index = 0; index < frames; index += 1) {
    const delta = { content: ` word ${index}` };
    const choice = { delta, index: 0, finish_reason: null, matched_stop: null, logprobs: null };
    response.write(`data: ${JSON.stringify({ ...head, choices: [choice], lastOne: false })}\n\n`);
  }
  response.end('data: [DONE]\n\n');
}

function writeWhole(response) {
  const message = { role: 'assistant', content: 'x'.repeat(700) };
  response.writeHead(200, { 'content-type': 'application/json' });
  response.end(JSON.stringify({ ...head, choices: [{ index: 0, message }], lastOne: false }));
}
