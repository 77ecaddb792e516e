import type { Context } from 'hono';
import type { ErrorName } from '../contract/errors.ts';
import { encodeModelDetail, encodeModelList } from '../contract/model-list.ts';
import { describeModel, isServed, listModels } from '../contract/models.ts';
import type { Failure } from '../exchange/failure.ts';
import { authenticate } from './authenticate.ts';
import { refuseModel } from './judge.ts';
import { refuse } from './refuse.ts';
import type { AppEnvironment, AppSettings } from './settings.ts';

type AppContext = Context<AppEnvironment>;

/** The list of models, in LongCat's shape on both formats. */
export function answerModelList(settings: AppSettings) {
  return function answer(context: AppContext): Response {
    const failure = refuseCaller(context, settings);
    if (failure) return refuse(context, settings, failure);
    return context.json(encodeModelList(listModels(settings.models)));
  };
}

/** One model's detail; of one that is not served, the error that a chat with it would get. */
export function answerModelDetail(settings: AppSettings) {
  return function answer(context: AppContext): Response {
    const failure = refuseCaller(context, settings);
    if (failure) return refuse(context, settings, failure);
    const id = context.req.param('model') ?? '';
    if (!isServed(settings.models, id))
      return refuse(context, settings, refuseModel(id, settings.models));
    return context.json(encodeModelDetail(describeModel(id)));
  };
}

function refuseCaller(context: AppContext, settings: AppSettings): Failure<ErrorName> | undefined {
  if (settings.quirks['open-models']) return undefined;
  const caller = authenticate(context.req.raw.headers, settings);
  return caller.ok ? undefined : caller.failure;
}
