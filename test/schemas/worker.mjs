// Sends schemas to the mock, one after the other, and judges the answers: the body of a thread.
import { parentPort } from 'node:worker_threads';
import { createLongCatMock } from '../../dist/index.js';
import { listForms, readAnswer, toBody } from './forms.mjs';
import { compile } from './judge.mjs';

const seeds = ['1', '2', '3'];
const mocks = seeds.map((seed) => createLongCatMock({ seed }));
/** A form is sent as a tool and as a format. */
const compiled = new WeakMap();
const headers = { authorization: 'Bearer schemas', 'content-type': 'application/json' };

parentPort.on('message', async (text) => {
  const schema = JSON.parse(text);
  const outcomes = [];
  for (const asked of listForms(schema)) {
    for (const [index, mock] of mocks.entries()) {
      const answer = await ask(mock, asked);
      // What takes long from here on is Ajv.
      parentPort.postMessage({ answered: answer.ms });
      const where = `${asked.form} ${asked.place} seed ${seeds[index]}`;
      outcomes.push({ where, ...judge(answer, asked) });
      parentPort.postMessage({ answered: undefined });
    }
  }
  parentPort.postMessage({ outcomes });
});

async function ask(mock, asked) {
  const start = process.cpuUsage();
  const request = new Request('http://127.0.0.1/openai/v1/chat/completions', {
    method: 'POST',
    headers,
    body: JSON.stringify(toBody(asked)),
  });
  const response = await mock.fetch(request);
  const text = await response.text();
  // Of the processor: on a busy machine the clock tells of its neighbours.
  const { user, system } = process.cpuUsage(start);
  const ms = (user + system) / 1000;
  return {
    ms,
    status: response.status,
    text,
    warning: response.headers.get('x-longcat-mock-warning'),
  };
}

function judge({ status, text, warning }, asked) {
  if (status !== 200)
    return { kind: status < 500 ? 'refused' : 'error', note: `${status} ${text}` };
  const { value, isCut } = readAnswer(JSON.parse(text), asked);
  if (isCut) return { kind: 'error', note: 'The answer is cut.' };
  const { explain, reason } = compiled.get(asked.schema) ?? compile(asked.schema);
  compiled.set(asked.schema, { explain, reason });
  if (!explain) return { kind: warning ? 'foreign-said' : 'foreign', note: reason };
  const problem = explain(value);
  if (problem === undefined) return { kind: warning ? 'warned' : 'ok', note: warning };
  const shown = JSON.stringify(value).slice(0, 200);
  return warning
    ? { kind: 'missed', note: warning }
    : { kind: 'wrong', note: `${problem} in ${shown}` };
}
