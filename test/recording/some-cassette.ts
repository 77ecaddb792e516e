import type { Cassette, Recording } from '../../src/recording/cassette.ts';

export function someRecording(members: Partial<Recording> = {}): Recording {
  return {
    id: 'first',
    recordedAt: '2026-09-01T06:20:00.000Z',
    api: 'openai',
    endpoint: 'chat.completions',
    key: `sha256:${'0'.repeat(64)}`,
    request: { model: 'LongCat-2.0', messages: [{ role: 'user', content: 'Hello' }] },
    response: {
      status: 200,
      headers: { 'content-type': 'application/json' },
      atMs: 12,
      body: { id: '725f48ccd59a4d0ab6261a399f1c6541', choices: [] },
    },
    ...members,
  };
}

export function someCassette(...recordings: readonly Recording[]): Cassette {
  return {
    version: 1,
    recordedWith: {
      tool: 'longcat-mock',
      version: '0.1.0',
      matcherVersion: 1,
      contractHash: `sha256:${'1'.repeat(64)}`,
    },
    upstream: 'https://api.longcat.chat',
    match: { ignore: [], replace: [] },
    recordings: [...recordings],
  };
}
