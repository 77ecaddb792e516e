export const start = { session: 'checkout', mode: 'all', cassette: 'checkout' };

export const state = {
  mode: 'none',
  sessions: { checkout: 'all' },
  cassettes: [
    {
      cassette: 'checkout',
      path: 'cassettes/checkout.json',
      recordings: ['3f2a91c0', '3f2a91c0-2'],
      unused: ['3f2a91c0-2'],
    },
  ],
};

export const asCassette = { session: 'checkout', cassette: 'checkout' };

const ids = ['3b1f6c2a9d0e4f578a6b1c2d3e4f5061', '9a7e1d40c2b84c6f8e5d3a2b1c0f9e8d'];

export const asFixtures = { session: 'checkout', format: 'fixtures', ids };

const contractHash = 'sha256:3f2a91c0d4e5b6a79881726354a0b1c2d3e4f5061728394a5b6c7d8e9f001122';

const skipped = [{ id: ids[1], reason: 'The mock refused it: no_fixture_matched.' }];

export const cassette = {
  format: 'cassette',
  cassette: {
    version: 1,
    recordedWith: { tool: 'longcat-mock', version: '1.0.0', matcherVersion: 1, contractHash },
    upstream: 'https://api.longcat.chat',
    match: { ignore: [], replace: [] },
    recordings: [
      {
        id: '5c1d2e3f',
        recordedAt: '2026-10-01T12:00:00.000Z',
        api: 'openai',
        endpoint: 'chat.completions',
        key: 'sha256:5c1d2e3f0a1b2c3d4e5f60718293a4b5c6d7e8f90a1b2c3d4e5f60718293a4b5',
        request: {
          model: 'LongCat-2.0',
          messages: [{ role: 'user', content: 'What is the weather in Shanghai?' }],
        },
        response: {
          status: 429,
          headers: { 'content-type': 'application/json', 'retry-after': '1' },
          atMs: 0,
          body: { error: { message: 'Too many requests', type: 'rate_limit_error' } },
        },
      },
    ],
  },
  path: 'cassettes/checkout.json',
  notices: [],
  skipped,
};

export const fixtures = {
  format: 'fixtures',
  fixtures: {
    version: 1,
    description: 'What session "checkout" was answered.',
    fixtures: [
      {
        id: 'checkout.1',
        description: `request ${ids[0]}, entry 1`,
        match: { api: 'openai', turnIndex: 0, messages: { lastUser: 'Hello!' } },
        respond: { text: 'Hello! How can I help you today?' },
      },
    ],
  },
  leftovers: [],
  notices: [],
  skipped,
};
