import { systemClock } from '../engine/clock.ts';
import type { Handlers } from './handler.ts';
import { refuseWhileOthersWork } from './known-session.ts';

/** The mock itself. */
export const serverHandlers: Handlers<
  'getHealth' | 'getVersion' | 'getSettings' | 'getOpenApi' | 'reset' | 'shutdown'
> = {
  getHealth(_, { version, startedAt }) {
    const now = systemClock.now();
    const body = {
      status: 'healthy',
      message: 'longcat-mock is up',
      version,
      uptimeInSeconds: Math.floor((now - startedAt) / 1000),
      timestamp: new Date(now).toISOString(),
    } as const;
    return { status: 200, body };
  },

  getVersion: (_, { version }) => ({ status: 200, body: { version } }),

  getSettings: (_, { settings }) => ({ status: 200, body: settings }),

  /** Read when it is first asked for: it is longer than the rest of the admin API. */
  async getOpenApi() {
    const { default: document } = await import('../../openapi/admin.json', {
      with: { type: 'json' },
    });
    const servers = [{ url: '/', description: 'This mock' }];
    return { status: 200, body: { ...document, servers } };
  },

  reset({ query, headers }, settings) {
    const { engine, stock, uses } = settings;
    if (query.session !== undefined) {
      engine.sessions.remove(query.session);
      return { status: 200, body: { reset: [query.session] } };
    }
    const refusal = refuseWhileOthersWork(settings, { headers, query });
    if (refusal) return refusal;
    const names = engine.sessions.list().map(({ name }) => name);
    for (const name of names) engine.sessions.remove(name);
    engine.journal.clear();
    stock.restore();
    uses.clear();
    return { status: 200, body: { reset: names } };
  },

  shutdown(_, { shutdown }) {
    if (!shutdown) {
      const message = 'This mock does not listen: close it where it was made.';
      return { status: 501, code: 'not_listening', message };
    }
    shutdown();
    return { status: 202, body: { status: 'closing' } };
  },
};
