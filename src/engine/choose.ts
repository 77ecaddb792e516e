import type { ErrorName } from '../contract/errors.ts';
import type { Failure } from '../exchange/failure.ts';
import type { Repertoire } from '../scenario/repertoire.ts';
import type { Layer } from '../scenario/shelf.ts';
import type { SelectedBy, Wishes } from './question.ts';
import type { Session } from './session.ts';

/** What may answer a request: layers in order of precedence, and who chose the scenario among them. */
export interface Choice {
  readonly layers: readonly Layer[];
  readonly scenario?: string | undefined;
  readonly selectedBy?: SelectedBy | undefined;
}

export interface Choosing {
  readonly repertoire: Repertoire;
  /** The scenario of the whole server. */
  readonly scenario?: string | undefined;
}

/** A session's own fixtures, then those of the scenario that is first named, then the rest. */
export async function chooseLayers(
  { wishes, session }: { readonly wishes: Wishes; readonly session: Session },
  { repertoire, scenario }: Choosing,
): Promise<Choice | Failure<ErrorName>> {
  const named =
    wishes.scenario ?? nameBy(session.scenario, 'session') ?? nameBy(scenario, 'server');
  if (!named) return { layers: [session.overrides, repertoire.always()] };

  const selected = await repertoire.select(named.name);
  if (!selected) return refuseScenario(named.name, await repertoire.suggest(named.name));
  return {
    layers: [session.overrides, selected, repertoire.always()],
    scenario: named.name,
    selectedBy: named.by,
  };
}

function nameBy(name: string | undefined, by: SelectedBy): Wishes['scenario'] {
  return name === undefined ? undefined : { name, by };
}

function refuseScenario(name: string, likely: readonly string[]): Failure<ErrorName> {
  const names = likely.map((each) => `"${each}"`).join(', ');
  const meant = names === '' ? 'None is loaded.' : `Did you mean ${names}?`;
  const message = `There is no scenario or fixture "${name}". ${meant} "longcat-mock scenarios" lists them all.`;
  return { name: 'unknown_scenario', message };
}
