const session = 'checkout';
const body = { model: 'LongCat-2.0', messages: [{ role: 'user', content: 'Hallo!' }] };

const record = {
  id: '1',
  session,
  at: 1_790_856_000_000,
  method: 'POST',
  path: '/openai/v1/chat/completions',
  api: 'openai',
  headers: { 'content-type': 'application/json' },
  body,
  request: 1,
  attempt: 0,
  model: 'LongCat-2.0',
  streamed: false,
  status: 404,
  source: 'refused',
  error: 'no_fixture_matched',
  unmatched: true,
  violations: [],
  leaks: [],
  end: 'finished',
  endedAt: 1_790_856_000_004,
};

const comparison = {
  met: 0,
  of: 1,
  differs: [{ place: 'messages.last.text', expected: 'contains "Hello"', got: '"Hallo!"' }],
};

const explanation = {
  result: 'unmatched',
  kind: 'differs',
  message: 'No fixture matches: the nearest, "greeting", differs in messages.last.text.',
  hints: [],
  nearMisses: [{ fixture: 'greeting', place: 'fixtures/greeting.yaml:4', ...comparison }],
};

export const list = { requests: [record] };

export const detail = { request: record, explanation };

export const filter = { session, match: { api: 'openai' } };

export const wait = { ...filter, count: 2, timeoutMs: 5000 };

export const count = { count: 3, calls: 2 };

export const waited = { count: 2, calls: 2, reached: true, requests: ['1', '2'] };

export const waitedInVain = { count: 1, calls: 1, reached: false, requests: ['1'] };

export const deleted = { deleted: 3 };

export const nearMisses = { requests: [{ request: '1', explanation }] };

export const question = { api: 'openai', body, session };

export { explanation };

export const verification = { session, fixture: 'greeting', times: { min: 1, max: 1 } };

export const passed = {
  result: 'pass',
  reason: '1 request fits, as it was to be.',
  count: 1,
  calls: 1,
  nearMisses: [],
  requests: ['1'],
};

export const failed = {
  result: 'fail',
  reason: 'No request fits; at least 1 was to.',
  count: 0,
  calls: 0,
  nearMisses: [{ request: '1', ...comparison }],
  requests: [],
};

export const inconclusive = {
  ...failed,
  result: 'inconclusive',
  reason: 'No request fits, but the journal has dropped some.',
  nearMisses: [],
};
