import type { Context } from 'hono';
import type { Dialect } from '../dialect/dialect.ts';
import type { Answer } from '../engine/engine.ts';
import type { Prompt } from '../exchange/prompt.ts';
import { authenticate } from './authenticate.ts';
import { readBody } from './body.ts';
import { gatewayHeaders, ownHeaders } from './headers.ts';
import { judge } from './judge.ts';
import { refuse } from './refuse.ts';
import type { AppEnvironment, AppSettings } from './settings.ts';
import { streamEvents } from './sse.ts';

type AppContext = Context<AppEnvironment>;

/** The one handler behind both formats: body, key, model, members, then the engine's answer. */
export function answerWith(dialect: Dialect, settings: AppSettings) {
  const { engine, maxBody } = settings;

  return async function answer(context: AppContext): Promise<Response> {
    const request = context.req.raw;
    const body = await readBody(request, maxBody);
    if (!body.ok) return refuse(context, settings, body.failure);

    const caller = authenticate(request.headers, settings);
    if (!caller.ok) return refuse(context, settings, caller.failure);

    const { session } = caller;
    const { failure, violations } = judge(dialect, body.value, settings);
    if (failure) return refuse(context, settings, failure, { session });

    const prompt = dialect.decode(body.value);
    const question = { prompt, session, api: dialect.api, body: body.text };
    const answered = await engine.answer(question);
    if (answered.kind === 'failure')
      return refuse(context, settings, answered.failure, { session });
    return send(context, { dialect, settings, prompt, session, violations, answered });
  };
}

interface Outcome {
  readonly dialect: Dialect;
  readonly settings: AppSettings;
  readonly prompt: Prompt;
  readonly session: string;
  readonly violations: readonly string[];
  readonly answered: Extract<Answer, { kind: 'reply' }>;
}

function send(context: AppContext, outcome: Outcome): Response {
  const { dialect, settings, prompt, session, violations, answered } = outcome;
  const { reply, id, created, source } = answered;
  const { quirks } = settings;
  const { streamed } = prompt;
  const notes = [...violations, ...reply.warnings];
  if (notes.length > 0) context.set('notes', notes);

  const headers = {
    'content-type': streamed ? 'text/event-stream' : 'application/json',
    ...gatewayHeaders(quirks, { id, api: dialect.api, streamed }),
    ...ownHeaders(settings, {
      'request-id': id,
      session,
      source,
      ...(violations.length > 0 && { violations: violations.join('; ') }),
      ...(reply.warnings.length > 0 && { warning: reply.warnings.join('; ') }),
    }),
  };
  const dressing = { prompt, stamp: { id, created }, quirks };
  return streamed
    ? new Response(streamEvents(dialect.stream(reply, dressing)), { headers })
    : new Response(JSON.stringify(dialect.encode(reply, dressing)), { headers });
}
