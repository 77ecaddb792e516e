import type { ErrorName } from '../contract/errors.ts';
import type { QuirkSettings } from '../contract/quirks.ts';
import type { Delivery } from '../exchange/delivery.ts';
import type { Failure } from '../exchange/failure.ts';
import type { Reply } from '../exchange/reply.ts';
import type { Recording } from '../recording/cassette.ts';
import type { Live } from '../recording/deck.ts';
import type { Timekeeper } from './clock.ts';
import type { SelectedBy } from './question.ts';

/** Where an answer came from. */
export interface Facts {
  readonly source: 'fixture' | 'cassette' | 'upstream' | 'generated' | 'refused';
  readonly fixture?: string | undefined;
  readonly scenario?: string | undefined;
  /** Which step of the fixture, from 0. */
  readonly step?: number | undefined;
  readonly selectedBy?: SelectedBy | undefined;
  readonly unmatched?: boolean | undefined;
  /** The name of the cassette that it is from, or for. */
  readonly cassette?: string | undefined;
  /** The id of the recording that answers. */
  readonly recording?: string | undefined;
  /** What LongCat might have refused, and what is answered all the same. */
  readonly violations?: readonly string[] | undefined;
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
  /** What the upstream once said, to the byte. */
  | { readonly kind: 'recording'; readonly recording: Recording }
  /** What the upstream says now; written down where there is a cassette to write to. */
  | {
      readonly kind: 'relay';
      readonly live?: Live | undefined;
      /** Once it is known. */
      readonly status?: number | undefined;
    }
);
