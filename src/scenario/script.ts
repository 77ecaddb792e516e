/** As much of a fixture as decides which of its steps is next. */
export interface Script {
  /** How many requests each step answers. */
  readonly lasts: readonly number[];
  readonly afterLast: 'repeat-last' | 'error' | 'fallthrough';
}

export type Next = { readonly step: number } | 'error' | 'fallthrough';

/** The step for a request, after so many requests that the fixture has answered. */
export function nextStep({ lasts, afterLast }: Script, answered: number): Next {
  let end = 0;
  for (const [step, times] of lasts.entries()) {
    end += times;
    if (answered < end) return { step };
  }
  return afterLast === 'repeat-last' ? { step: lasts.length - 1 } : afterLast;
}
