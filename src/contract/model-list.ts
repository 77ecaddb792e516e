import { z } from 'zod/v3';
import type { ModelFacts } from './models.ts';
import { named } from './registry.ts';
import { closed } from './shape.ts';

const ListedModel = named(
  { id: 'ListedModel', provenance: 'observed', description: 'A model that this key may use.' },
  closed({
    id: z.string().describe('The exact, case-sensitive name, which requests give as `model`.'),
    object: z.literal('model'),
    owned_by: z.literal('LongCat'),
  }),
);

export const ModelList = named(
  {
    id: 'ModelList',
    provenance: 'observed',
    description: 'The models this key may use. No `created`, unlike OpenAI’s list.',
  },
  closed({
    object: z.literal('list'),
    data: z.array(ListedModel).describe('The models.'),
  }),
);
export type ModelList = z.infer<typeof ModelList>;

const ModelArchitecture = named(
  {
    id: 'ModelArchitecture',
    provenance: 'documented',
    description: 'What a model reads and writes.',
  },
  closed({
    input_modalities: z.array(z.string()).describe('Such as `text`, `image` and `video`.'),
    output_modalities: z.array(z.string()).describe('Such as `text`.'),
    modality: z.string().describe('Both in one, such as `text->text`.'),
    tokenizer: z.literal('Other').describe('LongCat does not name its tokenizer.'),
    instruct_type: z.null().describe('Always null.'),
  }),
);

const ModelPricing = named(
  {
    id: 'ModelPricing',
    provenance: 'documented',
    description: 'What a model costs, in CNY for a million tokens; decimal numbers as text.',
  },
  closed({
    prompt: z.string().describe('For tokens of requests.'),
    completion: z.string().describe('For tokens of answers.'),
    cached_tokens: z.string().describe('For tokens that were read from the cache.'),
  }),
);

export const ModelDetail = named(
  {
    id: 'ModelDetail',
    provenance: 'documented',
    description: 'What LongCat publishes of one model.',
  },
  closed({
    id: z.string().describe('The exact, case-sensitive name, which requests give as `model`.'),
    name: z.string().describe('The name for people.'),
    created: z.number().int().describe('Unix seconds.'),
    context_length: z.number().int().positive().describe('Tokens, input and output together.'),
    architecture: ModelArchitecture,
    supported_parameters: z
      .array(z.string())
      .describe('The members of a request that LongCat names for the model.'),
    pricing: ModelPricing,
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
