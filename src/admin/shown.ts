import type { Fixture } from '../scenario/fixture.ts';
import type { AdminSettings } from './settings.ts';

/** A fixture as this API shows it. */
export interface Shown {
  readonly fixture: Fixture;
  readonly from: 'file' | 'admin' | 'session';
}

export interface View {
  /** Whose fixtures are meant; absent for those of everyone. */
  readonly session?: string | undefined;
  readonly settings: Pick<AdminSettings, 'engine' | 'stock'>;
}

/** A session's own fixtures, then those of everyone that it has not changed. */
export function listShown({ session, settings }: View): readonly Shown[] {
  const { engine, stock } = settings;
  const { overrides, hidden } =
    (session === undefined ? undefined : engine.sessions.find(session)) ?? {};
  const own = (overrides?.fixtures ?? []).map((fixture) => ({ fixture, from: 'session' }) as const);
  const others = stock
    .own()
    .sets.flatMap(({ fixtures }) => fixtures)
    .filter(({ id }) => !hidden?.has(id))
    .map((fixture): Shown => ({ fixture, from: stock.isAdded(fixture.id) ? 'admin' : 'file' }));
  return [...own, ...others];
}

export function findShown(id: string, view: View): Shown | undefined {
  return listShown(view).find(({ fixture }) => fixture.id === id);
}
