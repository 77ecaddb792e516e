import type { Context } from 'hono';
import type { ErrorName } from '../contract/errors.ts';
import type { ModelDetail, ModelList } from '../contract/model-list.ts';
import { describeModel, isServed, listModels, type ModelFacts } from '../contract/models.ts';
import type { Failure } from '../exchange/failure.ts';
import { authenticate } from './authenticate.ts';
import { refuse } from './refuse.ts';
import type { AppEnvironment, AppSettings } from './settings.ts';

type AppContext = Context<AppEnvironment>;

/** The list of models, in LongCat's shape on both formats. */
export function answerModelList(settings: AppSettings) {
  return function answer(context: AppContext): Response {
    const failure = refuseCaller(context, settings);
    if (failure) return refuse(context, settings, failure);
    return context.json(encodeList(listModels(settings.models)));
  };
}

/** One model's detail; of one that is not served, the error that a chat with it would get. */
export function answerModelDetail(settings: AppSettings) {
  return function answer(context: AppContext): Response {
    const failure = refuseCaller(context, settings);
    if (failure) return refuse(context, settings, failure);
    const id = context.req.param('model') ?? '';
    if (!isServed(settings.models, id))
      return refuse(context, settings, { name: 'unsupported_model' });
    return context.json(encodeDetail(describeModel(id)));
  };
}

function refuseCaller(context: AppContext, settings: AppSettings): Failure<ErrorName> | undefined {
  if (settings.quirks['open-models']) return undefined;
  const caller = authenticate(context.req.raw.headers, settings);
  return caller.ok ? undefined : caller.failure;
}

function encodeList(models: readonly ModelFacts[]): ModelList {
  return {
    object: 'list',
    data: models.map(({ id }) => ({ id, object: 'model', owned_by: 'LongCat' })),
  };
}

function encodeDetail(model: ModelFacts): ModelDetail {
  const { id, created, contextLength, inputModalities, pricing } = model;
  return {
    id,
    name: id,
    created,
    context_length: contextLength,
    architecture: {
      input_modalities: [...inputModalities],
      output_modalities: ['text'],
      modality: `${inputModalities.join('+')}->text`,
      tokenizer: 'Other',
      instruct_type: null,
    },
    supported_parameters: [
      'max_tokens',
      'temperature',
      'top_p',
      'stream',
      'tools',
      'tool_choice',
      'thinking',
    ],
    pricing,
  };
}
