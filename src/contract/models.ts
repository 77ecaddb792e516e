/** What LongCat publishes of a model. Lengths are in tokens, prices in CNY for a million tokens. */
export interface ModelFacts {
  readonly id: string;
  /** Input and output together. */
  readonly contextLength: number;
  /** The largest `max_tokens`; above it LongCat answers 400. */
  readonly maxOutput: number;
  /** Unix seconds. */
  readonly created: number;
  readonly inputModalities: readonly string[];
  readonly pricing: {
    readonly prompt: string;
    readonly completion: string;
    readonly cached_tokens: string;
  };
}

/** The output limit when a request names none (LongCat docs, Chat Completions). */
export const defaultMaxTokens = 32_768;

/** The largest `thinking_budget` (LongCat docs, Model Parameters). */
export const maxThinkingBudget = 262_144;

const longCat2 = {
  id: 'LongCat-2.0',
  contextLength: 1_048_576,
  maxOutput: 131_072,
  created: 1_773_331_200,
  inputModalities: ['text'],
  pricing: { prompt: '2', completion: '8', cached_tokens: '0.04' },
} as const satisfies ModelFacts;

/**
 * The models we know facts of. Of LongCat-2.5-Preview the limits and modalities are documented;
 * its price and date are assumed to be those of LongCat-2.0.
 */
const catalogue: readonly ModelFacts[] = [
  longCat2,
  {
    ...longCat2,
    id: 'LongCat-2.5-Preview',
    maxOutput: 262_144,
    inputModalities: ['text', 'image', 'video'],
  },
];

/** The one model of LongCat's Quick Start, served when nothing else is asked for. */
export const defaultModel: string = longCat2.id;

/** The facts of a model; of one we do not know, those of LongCat-2.0 under its own name. */
export function describeModel(id: string): ModelFacts {
  return catalogue.find((model) => model.id === id) ?? { ...longCat2, id };
}

/** Whether a server that serves `served` knows the model. Names are case-sensitive; `*` is any. */
export function isServed(served: readonly string[], id: string): boolean {
  return served.includes(id) || served.includes('*');
}

/** The names a server lists: `*` stands for every model of the catalogue. */
export function listModels(served: readonly string[]): readonly ModelFacts[] {
  const names = served.flatMap((id) => (id === '*' ? catalogue.map((model) => model.id) : [id]));
  return [...new Set(names)].map(describeModel);
}
