import type { Context } from 'hono';
import type { ErrorName } from '../contract/errors.ts';
import type { Failure } from '../exchange/failure.ts';
import { composeFailure, isOwnFailure } from './compose.ts';
import { type OwnFacts, ownHeaders } from './headers.ts';
import type { AppEnvironment, AppSettings } from './settings.ts';

/**
 * An error as LongCat words it, the same on both formats. LongCat's words are terse: the hint goes
 * into a header and into the log.
 */
export function refuse(
  context: Context<AppEnvironment>,
  settings: Pick<AppSettings, 'strictContract'>,
  failure: Failure<ErrorName>,
  own: OwnFacts = {},
): Response {
  const { name, message, hint } = failure;
  const note = hint ?? (isOwnFailure(name) ? message : undefined);
  const notes = failure.notes ?? note?.split('\n');
  if (notes && !context.get('notes')) context.set('notes', notes);
  return composeFailure(failure, ownHeaders(settings, hint ? { ...own, hint } : own));
}
