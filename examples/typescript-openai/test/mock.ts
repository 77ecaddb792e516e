import { randomUUID } from 'node:crypto';
import OpenAI from 'openai';

// What "longcat-mock run" puts into the environment.
const { LONGCAT_BASE_URL: url } = process.env;
if (!url) throw new Error('There is no mock: run the tests by "npm test".');

/** A session apart from all others, and a client whose key names it. */
export function openSession(scenario?: string) {
  const name = randomUUID();
  const apiKey = scenario ? `lcmock_${name}.${scenario}` : `lcmock_${name}`;
  return {
    client: new OpenAI({ apiKey }),
    /** Whether the requests of the session were as they should be, and why not. */
    verify: (expected: object) => ask('verify', { session: name, ...expected }),
    requests: async () => (await ask(`requests?session=${name}`)).requests,
    /** What the mock found wrong with the client. */
    judge: () => ask(`sessions/${name}/verdict?finished`),
  };
}

async function ask(path: string, body?: object) {
  const init = body && { method: 'POST', body: JSON.stringify(body) };
  const response = await fetch(`${url}/__admin/${path}`, init);
  return response.json();
}
