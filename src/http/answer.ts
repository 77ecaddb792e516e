import type { Context } from 'hono';
import type { ErrorName } from '../contract/errors.ts';
import type { Dialect } from '../dialect/dialect.ts';
import { hashKey, hashRequest, type Question } from '../engine/question.ts';
import { giveWay } from '../engine/turn.ts';
import type { Failure } from '../exchange/failure.ts';
import { authenticate } from './authenticate.ts';
import { readBody } from './body.ts';
import { createJudge, type Judge } from './judge.ts';
import { readSession, readWishes } from './select.ts';
import { send } from './send.ts';
import type { AppEnvironment, AppSettings } from './settings.ts';
import type { Visit } from './visit.ts';

type AppContext = Context<AppEnvironment>;

/** The one handler behind both formats: body, key, model, members, then the engine's answer. */
export function answerWith(dialect: Dialect, settings: AppSettings) {
  const { engine } = settings;
  const judge = createJudge(dialect, settings);

  return async function answer(context: AppContext): Promise<Response> {
    const asked = await ask(context, { dialect, settings, judge });
    if ('question' in asked) {
      const answered = await engine.answer(asked.question);
      return send(context, { settings, visit: asked.visit, answered });
    }
    const { visit, failure } = asked;
    const facts = engine.describeRefusal(visit.session, hashRequest(dialect.api, visit.text));
    return send(context, { settings, visit, answered: { kind: 'failure', failure, facts } });
  };
}

type Asked =
  | { readonly visit: Visit; readonly question: Question }
  | { readonly visit: Visit; readonly failure: Failure<ErrorName> };

interface Court {
  readonly dialect: Dialect;
  readonly settings: AppSettings;
  readonly judge: Judge;
}

/** What is asked, or the first reason to refuse it. */
async function ask(context: AppContext, { dialect, settings, judge }: Court): Promise<Asked> {
  const { headers } = context.req.raw;
  const path = context.req.param('session');
  const caller = authenticate(headers, settings);
  const key = caller.ok ? caller.key : '';
  const { name: session, isNamed } = readSession(headers, { path, key });
  const stranger = { dialect, session, key, text: '', violations: [] };
  const body = await readBody(context.req.raw, settings.maxBody);
  if (!body.ok) return { visit: stranger, failure: body.failure };

  const { text, value } = body;
  await giveWay(text);
  const read = { ...stranger, text, body: value };
  if (!caller.ok) return { visit: read, failure: caller.failure };
  if (settings.requireSession && !isNamed) return { visit: read, failure: sessionRequired };
  const judged = judge(value, text);
  const { failure, violations } = judged instanceof Promise ? await judged : judged;
  const visit = { ...read, violations };
  if (failure) return { visit, failure };

  await giveWay(text);
  const prompt = dialect.decode(value);
  const subject = { api: dialect.api, prompt, headers, body: value };
  const wishes = readWishes(headers, key);
  const attempt = Number(headers.get('x-stainless-retry-count') ?? 0);
  await giveWay(text);
  const question = {
    subject,
    session,
    wishes,
    attempt,
    request: hashRequest(dialect.api, text),
    key: hashKey(key),
  };
  return { visit: { ...visit, prompt }, question };
}

const sessionRequired: Failure<ErrorName> = {
  name: 'session_required',
  message:
    'This mock wants every request to name its session: send the header x-longcat-mock-session, a key such as lcmock_worker-1, or call /s/{session}/….',
};
