import { request } from 'node:http';

const hello = { model: 'LongCat-2.0', messages: [{ role: 'user', content: 'Hello!' }] };

/** Asks a mock for a chat, by a host name of one's choice; resolves to the status and the text. */
export function ask(
  port,
  {
    host = `127.0.0.1:${port}`,
    path = '/openai/v1/chat/completions',
    content = 'Hello!',
    method = 'POST',
    headers = {},
  } = {},
) {
  const body = { ...hello, messages: [{ role: 'user', content }] };
  const options = {
    port,
    path,
    method,
    headers: { host, authorization: 'Bearer any', ...headers },
  };
  return new Promise((resolve, reject) => {
    const asked = request({ host: '127.0.0.1', ...options }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (part) => {
        text += part;
      });
      response.on('end', () => resolve({ status: response.statusCode, text }));
    });
    asked.on('error', reject).end(method === 'POST' ? JSON.stringify(body) : undefined);
  });
}
