import type { Context } from 'hono';
import type { ErrorName } from '../contract/errors.ts';
import type { Dialect } from '../dialect/dialect.ts';
import { createDoor, type Door } from '../engine/door.ts';
import { hashKey, hashRequest, type Question } from '../engine/question.ts';
import { isLong, nextTurn } from '../engine/turn.ts';
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
  const enter = createDoor(engine.clock);

  return async function answer(context: AppContext): Promise<Response> {
    const asked = await ask(context, { dialect, settings, judge, enter });
    const { visit, question, failure } = asked;
    if (question) {
      const answered = await engine.answer(question);
      return send(context, { settings, visit, answered });
    }
    const facts = engine.describeRefusal(visit.session, hashRequest(dialect.api, visit.text));
    return send(context, { settings, visit, answered: { kind: 'failure', failure, facts } });
  };
}

type Asked =
  | { readonly visit: Visit; readonly question: Question; readonly failure?: undefined }
  | { readonly visit: Visit; readonly question?: undefined; readonly failure: Failure<ErrorName> };

interface Court {
  readonly dialect: Dialect;
  readonly settings: AppSettings;
  readonly judge: Judge;
  readonly enter: Door;
}

/** What is asked, or the first reason to refuse it. */
async function ask(
  context: AppContext,
  { dialect, settings, judge, enter }: Court,
): Promise<Asked> {
  const { headers } = context.req.raw;
  const path = context.req.param('session');
  const caller = authenticate(headers, settings);
  const key = caller.ok ? caller.key : '';
  const { name: session, isNamed } = readSession(headers, { path, key });
  const body = await readBody(context.req.raw, settings.maxBody);
  if (!body.ok) {
    return { visit: { dialect, session, key, text: '', violations: [] }, failure: body.failure };
  }

  const { text, value } = body;
  if (isLong(text)) await nextTurn();
  const admission = enter();
  if (admission) await admission;
  const known: Visit = { dialect, session, key, text, body: value, violations: [] };
  if (!caller.ok) return { visit: known, failure: caller.failure };
  if (settings.requireSession && !isNamed) return { visit: known, failure: sessionRequired };
  const judged = judge(value, text);
  const { failure, violations } = judged instanceof Promise ? await judged : judged;
  if (failure) return { visit: { ...known, violations }, failure };

  if (isLong(text)) await nextTurn();
  const prompt = dialect.decode(value);
  const subject = { api: dialect.api, prompt, headers, body: value };
  const wishes = readWishes(headers, key);
  const attempt = Number(headers.get('x-stainless-retry-count') ?? 0);
  if (isLong(text)) await nextTurn();
  const request = hashRequest(dialect.api, text);
  return {
    visit: { dialect, session, key, text, body: value, prompt, violations },
    question: { subject, session, wishes, attempt, request, key: hashKey(key) },
  };
}

const sessionRequired: Failure<ErrorName> = {
  name: 'session_required',
  message:
    'This mock wants every request to name its session: send the header x-longcat-mock-session, a key such as lcmock_worker-1, or call /s/{session}/….',
};
