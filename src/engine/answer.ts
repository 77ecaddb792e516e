import type { ErrorName } from '../contract/errors.ts';
import type { QuirkSettings } from '../contract/quirks.ts';
import type { Delivery } from '../exchange/delivery.ts';
import type { Failure } from '../exchange/failure.ts';
import type { Reply } from '../exchange/reply.ts';
import type { Timekeeper } from './clock.ts';
import type { SelectedBy } from './question.ts';

/** Where an answer came from. */
export interface Facts {
  readonly source: 'fixture' | 'generated' | 'refused';
  readonly fixture?: string | undefined;
  readonly scenario?: string | undefined;
  /** Which step of the fixture, from 0. */
  readonly step?: number | undefined;
  readonly selectedBy?: SelectedBy | undefined;
  readonly unmatched?: boolean | undefined;
  readonly clock: Timekeeper;
  /** Equal for equal requests on the same format. */
  readonly request: number;
  /** 32 hexadecimal digits. */
  readonly id: string;
  /** Unix seconds. */
  readonly created: number;
}

export type Answer = { readonly facts: Facts; readonly delivery?: Delivery | undefined } & (
  | {
      readonly kind: 'reply';
      readonly reply: Reply;
      readonly quirks?: Partial<QuirkSettings> | undefined;
      readonly status?: number | undefined;
      readonly headers?: Readonly<Record<string, string>> | undefined;
    }
  | { readonly kind: 'failure'; readonly failure: Failure<ErrorName> }
  | {
      readonly kind: 'body';
      readonly status: number;
      readonly headers: Readonly<Record<string, string>>;
      /** As a text it is sent as it is, else as JSON. */
      readonly body: unknown;
    }
);
