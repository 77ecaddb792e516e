import { describeOverflow, type ErrorName } from '../contract/errors.ts';
import { describeModel } from '../contract/models.ts';
import type { Failure } from '../exchange/failure.ts';
import type { Prompt } from '../exchange/prompt.ts';
import type { Reply } from '../exchange/reply.ts';
import { identify } from '../generate/identity.ts';
import { countPrompt } from '../generate/prompt-tokens.ts';
import { createRandom, hashText } from '../generate/random.ts';
import { createGenerator } from '../generate/reply.ts';
import { type Clock, systemClock } from './clock.ts';
import { createSessions } from './session.ts';

export interface Question {
  readonly prompt: Prompt;
  /** The name of the session that asks. */
  readonly session: string;
  /** The format and the body as they came: equal questions get equal ids. */
  readonly api: string;
  readonly body: string;
}

export type Answer =
  | {
      readonly kind: 'reply';
      readonly reply: Reply;
      readonly source: 'generated';
      /** 32 hexadecimal digits. */
      readonly id: string;
      /** Unix seconds. */
      readonly created: number;
    }
  | { readonly kind: 'failure'; readonly failure: Failure<ErrorName> };

export interface Engine {
  answer(question: Question): Promise<Answer>;
}

export interface EngineOptions {
  readonly seed?: string;
  readonly clock?: Clock;
}

/**
 * Decides what is answered.
 *
 * The words are a function of the seed and the conversation; the ids of the seed, the session, the
 * request and how often it was asked before. Neither depends on the order in which different
 * requests arrive.
 */
export function createEngine({ seed = '', clock = systemClock }: EngineOptions = {}): Engine {
  const sessions = createSessions();
  const generator = createGenerator();

  return {
    async answer({ prompt, session, api, body }) {
      const inputTokens = countPrompt(prompt);
      const { contextLength } = describeModel(prompt.model);
      if (inputTokens > contextLength) return overflow(inputTokens, contextLength);

      const request = hashText(body, hashText(api));
      const ordinal = sessions.get(session).nextOrdinal(request);
      const ids = createRandom(hashText(`${seed}\n${session}\n${request}\n${ordinal}`));
      const id = ids.hex(32);
      const created = Math.floor(clock.now() / 1000);
      const identity = identify(prompt, seed);
      const reply = await generator.generate(prompt, { identity, ids, inputTokens });
      return { kind: 'reply', reply, source: 'generated', id, created };
    },
  };
}

function overflow(tokens: number, contextLength: number): Answer {
  const message = describeOverflow(tokens, contextLength);
  return { kind: 'failure', failure: { name: 'context_length_exceeded', message } };
}
