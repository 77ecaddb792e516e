import { createServer } from 'node:http';
import { listWords, paced, whole, writeEvent } from './bodies.mjs';

/** What nobody can do without: read the body, parse it, write an answer of about the same size. */
export function start({ frames }) {
  const words = listWords(frames);
  const server = createServer((request, response) => {
    const chunks = [];
    request.on('data', (chunk) => chunks.push(chunk));
    request.on('end', () => {
      const { stream, messages } = JSON.parse(Buffer.concat(chunks).toString());
      if (!stream) writeWhole(response);
      else if (messages[0].content === 'paced') writePaced(response);
      else writeFrames(response, words);
    });
  });
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve(server.address().port));
  });
}

function writeFrames(response, words) {
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  for (const word of words) response.write(writeEvent(word));
  response.end('data: [DONE]\n\n');
}

/** On an absolute schedule, as well as timers can do. */
function writePaced(response) {
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  const words = listWords(paced.count);
  const start = performance.now();
  let next = 0;
  let timer;
  response.on('close', () => clearTimeout(timer));
  const writeNext = () => {
    response.write(writeEvent(words[next]));
    next += 1;
    if (next === words.length) return response.end('data: [DONE]\n\n');
    timer = setTimeout(writeNext, start + next * paced.everyMs - performance.now());
  };
  writeNext();
}

function writeWhole(response) {
  response.writeHead(200, { 'content-type': 'application/json' });
  response.end(whole);
}
