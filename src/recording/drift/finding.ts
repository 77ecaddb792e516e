export type DriftKind =
  | 'ADDED'
  | 'REMOVED'
  | 'TYPE_CHANGED'
  | 'STATUS_CHANGED'
  | 'ORDER_CHANGED'
  /** Today’s schemas refuse it. */
  | 'CONTRACT';

/** One way in which two answers differ in structure. */
export interface DriftFinding {
  readonly kind: DriftKind;
  /** Such as `choices[].delta.content`; empty for all of an answer or an event. */
  readonly path: string;
  /** In a stream: the kind of event, see `nameEvent`. */
  readonly event?: string;
  /** In a list of blocks that name their type: the type. */
  readonly block?: string;
  /** What is there in words, such as `number or string`, or `absent`. */
  readonly recorded: string;
  readonly live: string;
}

export const absent = 'absent';
