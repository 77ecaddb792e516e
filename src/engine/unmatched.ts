import type { ErrorName } from '../contract/errors.ts';
import type { Failure } from '../exchange/failure.ts';
import type { Fixture } from '../scenario/fixture.ts';
import type { Repertoire } from '../scenario/repertoire.ts';
import type { Layer } from '../scenario/shelf.ts';
import { explainMiss, renderDiff } from './near-miss.ts';
import type { Question } from './question.ts';
import type { Sessions } from './session.ts';
import type { Hindrance } from './state.ts';

/** What a request that no fixture fits gets. */
export type UnmatchedPolicy = 'error' | 'dynamic' | 'passthrough';

/** A request that no fixture answered. */
export interface Unanswered {
  readonly question: Question;
  readonly layers: readonly Layer[];
  readonly hindrances: readonly Hindrance[];
}

export interface Surroundings {
  readonly repertoire: Repertoire;
  readonly sessions: Sessions;
  /** By default an error as soon as there is a fixture that could have matched. */
  readonly policy: UnmatchedPolicy | undefined;
}

/** Why no fixture answered; nothing when words are to be generated instead. */
export function explainUnmatched(
  { question, layers, hindrances }: Unanswered,
  { repertoire, sessions, policy }: Surroundings,
): Failure<ErrorName> | undefined {
  const hasFixtures = layers.some((layer) => layer.fixtures.length > 0);
  if ((policy ?? (hasFixtures ? 'error' : 'dynamic')) === 'dynamic') return undefined;

  const fixtures: readonly Fixture[] = layers.flatMap((layer) => layer.fixtures);
  const { subject, session, attempt } = question;
  const { files, folder } = repertoire.own();
  const { message, hints, nearMisses } = explainMiss({
    subject,
    session,
    fixtures,
    hindrances,
    attempt,
    elsewhere: findElsewhere(question, sessions),
    loaded: { files, folder },
  });
  return {
    name: 'no_fixture_matched',
    message,
    ...(hints.length > 0 && { hint: hints.join(' ') }),
    notes: [message, ...hints, ...nearMisses.flatMap((near) => renderDiff(near).split('\n'))],
  };
}

/** Other sessions that have a fixture of their own for the request. */
export function findElsewhere(
  { subject, session }: Pick<Question, 'subject' | 'session'>,
  sessions: Sessions,
): readonly string[] {
  return sessions
    .list()
    .filter(({ name, overrides }) => name !== session && overrides.find(subject).length > 0)
    .map(({ name }) => name);
}
