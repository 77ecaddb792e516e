import { createTimekeeper, pause } from '../engine/clock.ts';
import type { Entry } from '../engine/entry.ts';
import { defaultSession } from '../engine/session.ts';
import type { JsonObject } from '../exchange/json.ts';
import { fits } from '../scenario/finder.ts';
import { type Condition, compileMatch } from '../scenario/match.ts';
import { showPlace } from '../scenario/problem.ts';
import { explainEntry, explainSubject } from './explain.ts';
import type { Handlers } from './handler.ts';
import { refuseWhileOthersWork } from './known-session.ts';
import type { RequestFilter } from './schema/requests.ts';
import type { AdminSettings } from './settings.ts';
import { findShown } from './shown.ts';

export const requestHandlers: Handlers<
  | 'listRequests'
  | 'deleteRequests'
  | 'countRequests'
  | 'findRequests'
  | 'waitForCount'
  | 'listUnmatchedRequests'
  | 'explainUnmatchedRequests'
  | 'getRequest'
  | 'explainRequest'
> = {
  listRequests: ({ query }, { engine }) => ({
    status: 200,
    body: { requests: engine.journal.list(query).map(toRecord) },
  }),

  deleteRequests({ query, headers }, settings) {
    const { session } = query;
    const refusal =
      session === undefined ? refuseWhileOthersWork(settings, { headers, query }) : undefined;
    if (refusal) return refusal;
    const { journal } = settings.engine;
    const deleted = journal.list({ session }).length;
    journal.clear(session);
    return { status: 200, body: { deleted } };
  },

  countRequests: ({ body }, settings) => ({ status: 200, body: count(find(body, settings)) }),

  findRequests: ({ body }, settings) => ({
    status: 200,
    body: { requests: find(body, settings).map(toRecord) },
  }),

  async waitForCount({ body, signal }, settings) {
    const { count: wanted, timeoutMs, ...filter } = body;
    if (find(filter, settings).length < wanted) {
      const { closing } = settings;
      const ended = AbortSignal.any([signal, closing]);
      await waitUntil(() => find(filter, settings).length >= wanted, {
        ended,
        timeoutMs,
        settings,
      });
      if (closing.aborted) {
        return {
          status: 503,
          code: 'closing',
          message: 'The mock closes: nothing more will come.',
        };
      }
    }
    const entries = find(filter, settings);
    const reached = entries.length >= wanted;
    const requests = entries.map(({ id }) => id);
    return { status: reached ? 200 : 406, body: { reached, ...count(entries), requests } };
  },

  listUnmatchedRequests: ({ query }, { engine }) => ({
    status: 200,
    body: { requests: engine.journal.list({ ...query, unmatched: true }).map(toRecord) },
  }),

  async explainUnmatchedRequests({ query }, settings) {
    const entries = settings.engine.journal.list({ ...query, unmatched: true });
    const requests = [];
    for (const entry of entries) {
      const explanation = await explainEntry(entry, settings);
      if (explanation) requests.push({ request: entry.id, explanation });
    }
    return { status: 200, body: { requests } };
  },

  async getRequest({ id }, settings) {
    const entry = settings.engine.journal.find(id);
    if (!entry) {
      const message = `The journal holds no request "${id}": its id is in the answer's x-longcat-mock-request-id.`;
      return { status: 404, code: 'unknown_request', message };
    }
    const place = await placeOf(entry, settings);
    const explanation = entry.unmatched ? await explainEntry(entry, settings) : undefined;
    return { status: 200, body: { request: toRecord(entry), place, explanation } };
  },

  async explainRequest({ body }, settings) {
    const { api, headers: given = {}, session } = body;
    const names = Object.entries(given).map(([name, value]) => [name.toLowerCase(), value]);
    const headers = Object.fromEntries(names) as Record<string, string>; // of pairs of texts
    const subject = settings.toSubject({ api, headers, body: body.body as JsonObject }); // it came as JSON
    if (!subject) return { status: 422, code: 'no_body', message: 'There is no body to look at.' };
    const name = session ?? (headers['x-longcat-mock-session'] || defaultSession);
    const scenario = headers['x-longcat-mock-scenario'] || undefined;
    return {
      status: 200,
      body: await explainSubject({ subject, session: name, scenario }, settings),
    };
  },
};

interface Waiting {
  readonly ended: AbortSignal;
  readonly timeoutMs: number;
  readonly settings: AdminSettings;
}

/** Looks again with each request that comes. */
async function waitUntil(
  isSo: () => boolean,
  { ended, timeoutMs, settings }: Waiting,
): Promise<void> {
  const reached = new AbortController();
  const stop = settings.engine.journal.onAdd(() => {
    if (isSo()) reached.abort();
  });
  // By the time of the caller, who waits in it: not by a session's.
  await pause(createTimekeeper(), timeoutMs, AbortSignal.any([ended, reached.signal]));
  stop();
}

function find({ match, ...query }: RequestFilter, settings: AdminSettings): readonly Entry[] {
  const entries = settings.engine.journal.list(query);
  const conditions: readonly Condition[] = match ? compileMatch(match) : [];
  if (conditions.length === 0) return entries;
  return entries.filter((entry) => {
    const subject = settings.toSubject(entry);
    return subject !== undefined && fits(conditions, subject);
  });
}

function count(entries: readonly Entry[]) {
  return { count: entries.length, calls: entries.filter(({ attempt }) => attempt === 0).length };
}

/** A fixture may have been changed since it answered. */
async function placeOf({ fixture, session, scenario }: Entry, settings: AdminSettings) {
  if (fixture === undefined) return undefined;
  const shown = findShown(fixture, { session, settings });
  if (shown) return shown.fixture.place && showPlace(shown.fixture.place);
  const layer =
    scenario === undefined ? undefined : await settings.engine.repertoire.select(scenario);
  const place = layer?.fixtures.find(({ id }) => id === fixture)?.place;
  return place && showPlace(place);
}

function toRecord(entry: Entry): Entry & { readonly body?: Record<string, unknown> } {
  return entry as Entry & { readonly body?: Record<string, unknown> }; // a JSON object is one
}
