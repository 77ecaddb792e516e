const session = 'checkout';

export const fixture = {
  id: 'greeting',
  match: { messages: { last: { text: { contains: 'Hello' } } } },
  respond: { text: 'Hello! What can I do for you?' },
};

const sequence = {
  id: 'flaky',
  match: { model: 'LongCat-2.0' },
  respond: [
    { error: { name: 'rate_limit_exceeded', retryAfterMs: 1 } },
    { text: 'There you are.' },
  ],
};

export const limit = { id: 'two-a-minute', requestsPerMinute: 2, retryAfterMs: 1 };

export const file = {
  version: 1,
  scenario: 'flaky-server',
  description: 'The second attempt succeeds.',
  rateLimits: [limit],
  fixtures: [sequence],
};

const summary = {
  id: 'greeting',
  from: 'file',
  place: { file: 'fixtures/greeting.yaml', line: 4, column: 5 },
  priority: 5,
  used: 1,
};

export const list = { fixtures: [summary] };

export const unused = {
  fixtures: [{ id: 'flaky', from: 'admin', scenario: 'flaky-server', priority: 5, used: 0 }],
};

export const detail = {
  ...summary,
  conditions: [{ place: 'messages.last.text', expected: 'contains "Hello"' }],
  respond: [{ text: 'Hello! What can I do for you?' }],
  afterLast: 'repeat-last',
};

export const fixtures = { one: fixture, several: [fixture, sequence] };

export const added = { fixtures: ['greeting'], rateLimits: [], warnings: [] };

export const imported = {
  fixtures: ['flaky'],
  rateLimits: ['two-a-minute'],
  scenario: 'flaky-server',
  warnings: [],
};

export const replacement = { respond: { text: 'Good morning!' } };

export const removed = { removed: true };

export const scenarios = {
  scenarios: [
    {
      name: 'quota-exhausted',
      from: 'shipped',
      description: 'The day’s quota is used up.',
      provenance: 'observed',
      states: ['Started'],
      state: 'Started',
    },
  ],
};

export const state = { state: 'Closed' };

export const stateSet = { session, scenario: 'login', state: 'Closed' };
