import type { ErrorName } from '../contract/errors.ts';
import type { Failure } from '../exchange/failure.ts';
import type { Fixture } from '../scenario/fixture.ts';
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
export function chooseLayers(
  { wishes, session }: { readonly wishes: Wishes; readonly session: Session },
  { repertoire, scenario }: Choosing,
): Choice | Promise<Choice | Failure<ErrorName>> {
  const named =
    wishes.scenario ?? nameBy(session.scenario, 'session') ?? nameBy(scenario, 'server');
  const see = (layer: Layer) => (session.hidden ? hide(layer, session.hidden) : layer);
  if (!named) return { layers: [session.overrides, see(repertoire.always())] };

  return chooseScenario(named, repertoire, (selected) => [
    session.overrides,
    see(selected),
    see(repertoire.always()),
  ]);
}

async function chooseScenario(
  { name, by }: NonNullable<Wishes['scenario']>,
  repertoire: Repertoire,
  layersWith: (selected: Layer) => readonly Layer[],
): Promise<Choice | Failure<ErrorName>> {
  const selected = await repertoire.select(name);
  if (!selected) return refuseScenario(name, await repertoire.suggest(name));
  return { layers: layersWith(selected), scenario: name, selectedBy: by };
}

function hide(layer: Layer, hidden: ReadonlySet<string>): Layer {
  const isSeen = ({ id }: Fixture) => !hidden.has(id);
  return {
    ...layer,
    fixtures: layer.fixtures.filter(isSeen),
    find: (subject) => layer.find(subject).filter(isSeen),
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
