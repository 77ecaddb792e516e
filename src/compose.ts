import type { Hono } from 'hono';
import type { AdminSettings } from './admin/settings.ts';
import { countUses, type Stock } from './admin/stock.ts';
import type { LongCatSessions, SessionsOptions } from './client/sessions.ts';
import { settleQuirks } from './contract/quirks.ts';
import { docsPaths } from './docs/paths.ts';
import { systemClock } from './engine/clock.ts';
import { createEngine, type Engine } from './engine/engine.ts';
import type { AnsweredEntry } from './engine/journal.ts';
import { createApp } from './http/app.ts';
import { answerInProcess } from './http/in-process.ts';
import type { AppEnvironment, DocsRoutes } from './http/settings.ts';
import { toSubject } from './http/subject.ts';
import { toWire } from './http/to-wire.ts';
import { type LongCatMockOptions, type Options, parseOptions } from './options.ts';
import type { OwnCassettes } from './own-cassettes.ts';
import type { ShippedScenarios } from './scenario/repertoire.ts';
import { createTokenizer, type Tokenizer } from './tokenizer/tokenizer.ts';
import { version } from './version.ts';

export interface Parts {
  readonly counter: Tokenizer | undefined;
  readonly stock: Stock;
  readonly closing: AbortController;
  /** Of a mock that listens. */
  readonly shutdown?: () => void;
  readonly cassettes?: OwnCassettes | undefined;
}

export interface Composed extends AsyncDisposable {
  /** The Hono app, on web standards alone: mount it, or serve its `fetch` on any runtime. */
  readonly app: Hono<AppEnvironment>;
  /** Answers in process, without a port: hand it to a client in place of `fetch`. */
  readonly fetch: typeof globalThis.fetch;
  /** What decides the answers: its sessions, its fixtures, its journal. */
  readonly engine: Engine;
  /** Ends the thread of a tokenizer; without one there is nothing to end. */
  close(): Promise<void>;
}

/** The parts of a mock, put together. */
export function compose(options: LongCatMockOptions, parts: Parts): Composed {
  const given = parseOptions(options);
  const { seed, clock, quirks, report, scenario, onUnmatched, ...settings } = given;
  const { stock, counter, closing, shutdown, cassettes } = parts;
  const engine = createEngine({
    seed,
    clock,
    scenario,
    onUnmatched,
    counter,
    repertoire: stock,
    recorder: cassettes?.engine,
  });
  const isOwn = (session: string, fixture: string) =>
    engine.sessions.find(session)?.hidden?.has(fixture) ?? false;
  const admin = createLazyAdmin(given, {
    engine,
    stock,
    uses: countUses(engine.journal, isOwn),
    closing: closing.signal,
    shutdown,
  });
  const app = createApp({
    ...settings,
    engine,
    version,
    quirks: settleQuirks(quirks),
    report,
    admin,
    recorder: cassettes?.http,
    docs: createLazyDocs(admin),
  });
  const close = async () => {
    closing.abort();
    await Promise.all([counter?.close(), cassettes?.close()]);
  };
  return {
    app,
    engine,
    fetch: (input, init) => answerInProcess(app, new Request(input, init)),
    close,
    [Symbol.asyncDispose]: close,
  };
}

type AdminParts = Pick<AdminSettings, 'engine' | 'stock' | 'uses' | 'closing' | 'shutdown'>;

/** The admin API is read when it is first asked. */
function createLazyAdmin(options: Options, parts: AdminParts) {
  const { onUnmatched, adminToken: token, maxBody } = options;
  const settings = describeOptions(options, parts.shutdown !== undefined);
  const startedAt = systemClock.now();
  const load = async () => {
    const [{ createAdmin }, { rehearse }] = await Promise.all([
      import('./admin/routes.ts'),
      import('./rehearse.ts'),
    ]);
    const quirks = settleQuirks(options.quirks);
    const own = {
      checkStep: rehearse,
      toSubject,
      toWire: (answered: AnsweredEntry) => toWire(answered, quirks),
      loadSnapshots: async () => {
        const { createSnapshots } = await import('./own-snapshots.ts');
        return createSnapshots(options, parts.engine.recorder?.deck);
      },
      shipped,
      version,
    };
    return createAdmin({ ...parts, ...own, settings, onUnmatched, token, maxBody, startedAt });
  };
  let loading: ReturnType<typeof load> | undefined;

  return async function answer(
    request: Request,
    environment: AppEnvironment['Bindings'],
  ): Promise<Response> {
    loading ??= load();
    return (await loading).fetch(request, { inProcess: environment.inProcess });
  };
}

/** What tests hold of a mock is read when a session is first asked for. */
export function createLazySessions(options: Omit<SessionsOptions, 'isOwn'>): LongCatSessions {
  const load = async () => {
    const { createSessions } = await import('./client/sessions.ts');
    return createSessions({ ...options, isOwn: true });
  };
  let loading: ReturnType<typeof load> | undefined;
  const sessions = () => {
    loading ??= load();
    return loading;
  };
  return {
    session: async (name, chosen) => (await sessions()).session(name, chosen),
    has: async (name) => (await sessions()).has(name),
    reset: async () => (await sessions()).reset(),
  };
}

/** The document and its page are read when they are first asked for. */
function createLazyDocs(admin: ReturnType<typeof createLazyAdmin>): DocsRoutes {
  const describesAdmin = async ({ url }: Request) => {
    const asked = new Request(new URL('/__admin/openapi.json', url)); // as anybody, without a token
    return (await admin(asked, {})).ok;
  };
  const load = async () => {
    const { createDocs } = await import('./docs/routes.ts');
    return createDocs({ describesAdmin });
  };
  let loading: ReturnType<typeof load> | undefined;

  return {
    paths: docsPaths,
    async answer(path, request) {
      loading ??= load();
      return (await loading).request(path, { headers: request.headers }, { request });
    },
  };
}

/** The options as anybody may read them. */
function describeOptions(options: Options, listens: boolean): AdminSettings['settings'] {
  const { acceptKeys, adminToken, upstreamKey, quirks, host, port, ...rest } = options;
  const { clock: _, notify: __, report: ___, ...told } = rest;
  return {
    ...told,
    ...(listens && { host, port }),
    acceptsAnyKey: acceptKeys.length === 0,
    needsToken: adminToken !== undefined,
    quirks: settleQuirks(quirks),
  };
}

/** It starts its thread when it first counts, or is told to. */
export function createCounter(options: LongCatMockOptions): Tokenizer | undefined {
  const { tokenizer: path } = parseOptions(options);
  // The same place whether seen from src/ or from dist/.
  const worker = () => new URL('../dist/tokenizer-worker.js', import.meta.url);
  return path === undefined ? undefined : createTokenizer({ path, worker });
}

/** The scenarios that come with the package, read when they are first selected. */
export const shipped: ShippedScenarios = {
  async names() {
    const { listShipped } = await import('./scenario/shipped.ts');
    return (await listShipped()).map(({ name }) => name);
  },
  async load(name) {
    const { loadShipped } = await import('./scenario/shipped.ts');
    return loadShipped(name);
  },
};
