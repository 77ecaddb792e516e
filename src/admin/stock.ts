import type { Journal } from '../engine/journal.ts';
import type { Fixture, FixtureSet } from '../scenario/fixture.ts';
import type { OwnFixtures, Repertoire } from '../scenario/repertoire.ts';

/** A repertoire whose fixtures can be changed one by one; files that are read anew change the rest. */
export interface Stock extends Repertoire {
  add(set: FixtureSet): void;
  /** Puts a fixture in the place of the one with its id, or adds it; whether there was one. */
  put(fixture: Fixture): boolean;
  /** Whether there was one. */
  remove(id: string): boolean;
  isAdded(id: string): boolean;
  /** Back to what the files say. */
  restore(): void;
}

export function createStock(repertoire: Repertoire): Stock {
  let files = repertoire.own();
  let added: readonly FixtureSet[] = [];
  const changed = new Map<string, Fixture | 'removed'>();

  function publish(): void {
    const sets = files.sets.map(applyChanges);
    repertoire.replace({ ...files, sets: [...sets, ...added] });
  }

  function applyChanges(set: FixtureSet): FixtureSet {
    const fixtures = set.fixtures.flatMap((fixture) => {
      const change = changed.get(fixture.id) ?? fixture;
      return change === 'removed' ? [] : [{ ...change, scenario: set.scenario }];
    });
    return { ...set, fixtures };
  }

  function put(fixture: Fixture): boolean {
    const existed = has(repertoire.own().sets, fixture.id);
    if (has(files.sets, fixture.id)) changed.set(fixture.id, fixture);
    else if (existed) added = added.map((set) => replaceIn(set, fixture));
    else added = [...added, { fixtures: [fixture], limits: [] }];
    publish();
    return existed;
  }

  function remove(id: string): boolean {
    const existed = has(repertoire.own().sets, id);
    if (has(files.sets, id)) changed.set(id, 'removed');
    added = added.map((set) => ({ ...set, fixtures: set.fixtures.filter((one) => one.id !== id) }));
    if (existed) publish();
    return existed;
  }

  return {
    ...repertoire,
    replace(own: OwnFixtures) {
      files = own;
      publish();
    },
    add(set) {
      added = [...added, set];
      publish();
    },
    put,
    remove,
    isAdded: (id) => has(added, id),
    restore() {
      added = [];
      changed.clear();
      publish();
    },
  };
}

function has(sets: readonly FixtureSet[], id: string): boolean {
  return sets.some(({ fixtures }) => fixtures.some((fixture) => fixture.id === id));
}

function replaceIn(set: FixtureSet, fixture: Fixture): FixtureSet {
  const { scenario } = set;
  const fixtures = set.fixtures.map((one) =>
    one.id === fixture.id ? { ...fixture, scenario } : one,
  );
  return { ...set, fixtures };
}

/** How many requests each fixture has answered, whether or not the journal still holds them. */
export interface Uses {
  count(fixture: string): number;
  clear(fixture?: string): void;
}

/** `isOwn`: a session's fixture may have the id of one that answers others. */
export function countUses(
  journal: Pick<Journal, 'onAdd'>,
  isOwn: (session: string, fixture: string) => boolean,
): Uses {
  const uses = new Map<string, number>();
  journal.onAdd(({ session, fixture }) => {
    if (fixture === undefined || isOwn(session, fixture)) return;
    uses.set(fixture, (uses.get(fixture) ?? 0) + 1);
  });
  return {
    count: (fixture) => uses.get(fixture) ?? 0,
    clear: (fixture) => {
      if (fixture === undefined) uses.clear();
      else uses.delete(fixture);
    },
  };
}
