import { z } from 'zod/v3';
import type { ModelFacts } from './models.ts';
import { named } from './registry.ts';
import { closed } from './shape.ts';

export const ModelList = named(
  {
    id: 'ModelList',
    provenance: 'observed',
    description: 'The models this key may use. No `created`, unlike OpenAI’s list.',
  },
  closed({
    object: z.literal('list'),
    data: z.array(
      closed({ id: z.string(), object: z.literal('model'), owned_by: z.literal('LongCat') }),
    ),
  }),
);
export type ModelList = z.infer<typeof ModelList>;

export const ModelDetail = named(
  {
    id: 'ModelDetail',
    provenance: 'documented',
    description: 'What LongCat publishes of one model.',
  },
  closed({
    id: z.string(),
    name: z.string(),
    created: z.number().int().describe('Unix seconds.'),
    context_length: z.number().int().positive().describe('Tokens, input and output together.'),
    architecture: closed({
      input_modalities: z.array(z.string()),
      output_modalities: z.array(z.string()),
      modality: z.string(),
      tokenizer: z.literal('Other'),
      instruct_type: z.null(),
    }),
    supported_parameters: z.array(z.string()),
    pricing: closed({
      prompt: z.string(),
      completion: z.string(),
      cached_tokens: z.string(),
    }).describe('CNY for a million tokens.'),
  }),
);
export type ModelDetail = z.infer<typeof ModelDetail>;

/** The list of the models that a server serves. */
export function encodeModelList(models: readonly ModelFacts[]): ModelList {
  return {
    object: 'list',
    data: models.map(({ id }) => ({ id, object: 'model', owned_by: 'LongCat' })),
  };
}

/** What the detail of one model says; the supported parameters are those LongCat lists. */
export function encodeModelDetail(model: ModelFacts): ModelDetail {
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
