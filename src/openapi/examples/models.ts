import type { ModelDetail, ModelList } from '../../contract/model-list.ts';
import type { Examples } from './example.ts';

export const modelLists: Examples<ModelList> = {
  default: {
    summary: 'The one model of LongCat’s Quick Start (probed)',
    value: {
      object: 'list',
      data: [{ id: 'LongCat-2.0', object: 'model', owned_by: 'LongCat' }],
    },
  },
};

export const modelDetails: Examples<ModelDetail> = {
  'LongCat-2.0': {
    summary: 'LongCat-2.0 (LongCat docs, Models)',
    value: {
      id: 'LongCat-2.0',
      name: 'LongCat-2.0',
      created: 1773331200,
      context_length: 1048576,
      architecture: {
        input_modalities: ['text'],
        output_modalities: ['text'],
        modality: 'text->text',
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
      pricing: { prompt: '2', completion: '8', cached_tokens: '0.04' },
    },
  },
};
