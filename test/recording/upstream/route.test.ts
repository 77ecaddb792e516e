import { createServer } from 'node:http';
import { connect, type LookupFunction } from 'node:net';
import { expect, it } from 'vitest';
import { lookUpPublic } from '../../../src/recording/upstream/lookup.ts';
import { createUpstream } from '../../../src/recording/upstream.ts';
import { openUpstream, readTexts } from './calling.ts';
import { listen, serveBytes, serveHttp } from './server.ts';

/** Names that lead where a test wants them to. */
function lookUpAs(...addresses: readonly string[]): LookupFunction {
  return (_, options, callback) => {
    const found = addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));
    const [first] = found;
    if (options.all || !first) callback(null, found);
    else callback(null, first.address, first.family);
  };
}

it.each([
  ['127.0.0.1', 'loopback'],
  ['::1', 'loopback'],
  ['::ffff:127.0.0.1', 'loopback'],
  ['169.254.169.254', 'link-local'],
  ['10.0.0.1', 'private'],
])('a name that leads to %s is refused when it is dialled', async (address, kind) => {
  await using server = await serveHttp((_, response) => void response.end());
  const origin = `http://rebound.example:${server.port}`;
  await using upstream = openUpstream(origin, { allowPrivate: false, lookup: lookUpAs(address) });

  const { reason, message } = await upstream.fail();

  expect(reason).toBe('private-address');
  expect(message).toContain(`"${origin}" of --upstream is at ${address}`);
  expect(message).toContain(kind);
  expect(message).toContain('--allow-private-upstream');
  expect(server.connections()).toBe(0);
});

it('a name with one private address among public ones is refused', async () => {
  const lookup = lookUpAs('93.184.216.34', '127.0.0.1');
  await using upstream = openUpstream('http://mixed.example', { allowPrivate: false, lookup });

  expect((await upstream.fail()).reason).toBe('private-address');
});

it('a name that changes its mind is judged by each of its answers', () => {
  const heard: (string | undefined)[] = [];
  let answers = ['93.184.216.34', '127.0.0.1'];
  const lookup = lookUpPublic((name, options, callback) => {
    const [next = '', ...rest] = answers;
    answers = rest;
    lookUpAs(next)(name, options, callback);
  });

  for (let times = 0; times < 2; times += 1) {
    lookup('rebound.example', {}, (error) => heard.push(error?.message));
  }

  expect(heard).toEqual([undefined, '127.0.0.1 is loopback']);
});

it.each([
  'http://127.0.0.1:1',
  'http://[::1]:1',
  'http://[::ffff:127.0.0.1]:1',
  'http://2130706433',
])('the address %s is refused without a lookup', async (origin) => {
  await using upstream = openUpstream(origin, { allowPrivate: false });

  expect((await upstream.fail()).reason).toBe('private-address');
});

it('a private address that is allowed is called, by its name too', async () => {
  await using server = await serveHttp((_, response) => void response.end('here'));
  const origin = `http://gateway.example:${server.port}`;
  await using upstream = openUpstream(origin, { lookup: lookUpAs('127.0.0.1') });

  expect(await readTexts(await upstream.ask())).toEqual(['here']);
});

it('a host that nobody knows is a failure', async () => {
  const lookup: LookupFunction = (_, __, callback) => {
    callback(Object.assign(new Error('getaddrinfo ENOTFOUND'), { code: 'ENOTFOUND' }), '');
  };
  await using upstream = openUpstream('https://no.such.example', { lookup });

  const { reason, message } = await upstream.fail();

  expect(reason).toBe('unknown-host');
  expect(message).toContain('"https://no.such.example"');
  expect(message).toMatch(/Check --upstream, and HTTPS_PROXY/);
});

it('a port where nothing listens is a failure', async () => {
  let port = 0;
  {
    await using server = await serveBytes(() => {});
    port = server.port;
  }
  await using upstream = openUpstream(`http://localhost:${port}`);

  const { reason, message } = await upstream.fail();

  expect(reason).toBe('refused');
  expect(message).toContain('ECONNREFUSED');
});

it('a server without TLS under https is a failure', async () => {
  await using server = await serveHttp((_, response) => void response.end());
  await using upstream = openUpstream(`https://127.0.0.1:${server.port}`);

  const { reason, message } = await upstream.fail();

  expect(reason).toBe('untrusted');
  expect(message).toContain('NODE_EXTRA_CA_CERTS');
});

it('what is no HTTP is a failure', async () => {
  await using server = await serveBytes((socket) => socket.end('SSH-2.0-OpenSSH_9.9\r\n'));
  await using upstream = openUpstream(server.url);

  expect((await upstream.fail()).reason).toBe('broken');
});

it('a path that is none of the upstream is a failure', async () => {
  await using server = await serveHttp((_, response) => void response.end());
  await using upstream = openUpstream(`${server.url}/longcat`);

  const { reason, message } = await upstream.fail({ path: '/../admin' });

  expect(reason).toBe('invalid-call');
  expect(message).toContain('"/../admin"');
  expect(server.connections()).toBe(0);
});

/** A proxy on this machine, and what it was asked for. */
async function serveProxy(tunnel: (target: string) => number | undefined) {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    response.end('by proxy');
  });
  server.on('connect', ({ url = '' }, socket) => {
    asked.push(`CONNECT ${url}`);
    const port = tunnel(url);
    if (port === undefined) {
      socket.end('HTTP/1.1 403 Forbidden\r\n\r\n');
      return;
    }
    const target = connect(port, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection Established\r\n\r\n');
      target.pipe(socket).pipe(target);
    });
    for (const end of [socket, target]) end.on('error', () => {});
  });
  return { ...(await listen(server)), asked };
}

it.each(['http_proxy', 'HTTP_PROXY'])('%s is asked in place of the host', async (variable) => {
  await using proxy = await serveProxy(() => undefined);
  const environment = { [variable]: proxy.url };
  const origin = 'http://api.example';
  await using upstream = openUpstream(origin, { environment, allowPrivate: false });

  expect(await readTexts(await upstream.ask())).toEqual(['by proxy']);
  expect(proxy.asked).toEqual(['POST http://api.example/openai/v1/chat/completions']);
});

it('HTTPS_PROXY is asked for a tunnel, in which TLS begins', async () => {
  const heard: number[] = [];
  await using target = await serveTls(heard);
  await using proxy = await serveProxy(() => target.port);
  const environment = { HTTPS_PROXY: `127.0.0.1:${proxy.port}` };
  const origin = 'https://api.example';
  await using upstream = openUpstream(origin, { environment, allowPrivate: false });

  const failure = await upstream.fail();

  expect(failure.message).toContain('"https://api.example"');
  expect(proxy.asked).toEqual(['CONNECT api.example:443']);
  expect(heard).toEqual([0x16]);
});

/** Hears the first byte of a TLS handshake, and leaves. */
async function serveTls(heard: number[]) {
  const { createServer: createTcpServer } = await import('node:net');
  return listen(
    createTcpServer((socket) => {
      socket.once('data', ([first = 0]) => {
        heard.push(first);
        socket.destroy();
      });
    }),
  );
}

it('a proxy that refuses is a failure', async () => {
  await using proxy = await serveProxy(() => undefined);
  const environment = { HTTPS_PROXY: proxy.url };
  await using upstream = openUpstream('https://api.example', { environment });

  const { reason, message } = await upstream.fail();

  expect(reason).toBe('proxy');
  expect(message).toContain('Check HTTPS_PROXY, HTTP_PROXY and NO_PROXY.');
  expect(message).toContain('403');
});

it.each(['api.example', '.example', '*'])('NO_PROXY=%s leaves the proxy out', async (exception) => {
  await using server = await serveHttp((_, response) => void response.end('direct'));
  await using proxy = await serveProxy(() => undefined);
  const environment = { HTTP_PROXY: proxy.url, NO_PROXY: exception };
  const origin = `http://api.example:${server.port}`;
  const lookup = lookUpAs('127.0.0.1');
  await using upstream = openUpstream(origin, { environment, lookup });

  expect(await readTexts(await upstream.ask())).toEqual(['direct']);
  expect(proxy.asked).toEqual([]);
});

it('a private address is not asked of a proxy either', async () => {
  await using proxy = await serveProxy(() => undefined);
  const environment = { HTTP_PROXY: proxy.url };
  const origin = 'http://169.254.169.254';
  await using upstream = openUpstream(origin, { environment, allowPrivate: false });

  expect((await upstream.fail()).reason).toBe('private-address');
  expect(proxy.asked).toEqual([]);
});

it('a proxy that is no URL is refused at once', () => {
  const environment = { HTTPS_PROXY: 'ftp://proxy' };
  const create = () => createUpstream({ origin: 'https://api.longcat.chat', environment });

  expect(create).toThrow('Invalid HTTPS_PROXY "ftp://proxy": expected a URL such as');
});

it('a call leaves the connections of the global fetch alone', async () => {
  await using server = await serveHttp((_, response) => void response.end());
  await using upstream = openUpstream(server.url);

  await readTexts(await upstream.ask());

  const symbols = Object.getOwnPropertySymbols(globalThis).map(String);
  expect(symbols).not.toContain('Symbol(undici.globalDispatcher.2)');
});
