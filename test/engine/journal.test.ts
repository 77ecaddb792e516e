import { expect, it } from 'vitest';
import type { Entry } from '../../src/engine/entry.ts';
import { createJournal, type JournalQuery } from '../../src/engine/journal.ts';
import { makeEntry } from './some-entries.ts';

function idsOf(entries: readonly Entry[]): string[] {
  return entries.map(({ id }) => id);
}

function fill(ids: string, options: Parameters<typeof createJournal>[0], session = 'w1') {
  const journal = createJournal(options);
  for (const id of ids) journal.add(makeEntry(id, { session }), 10);
  return journal;
}

it('entries come back in the order in which they arrived, each by its id too', () => {
  const journal = fill('abc', {});

  expect(idsOf(journal.list())).toEqual(['a', 'b', 'c']);
  expect(journal.find('b')?.id).toBe('b');
  expect(journal.find('z')).toBeUndefined();
});

it.each<[JournalQuery, string[]]>([
  [{}, ['a', 'b', 'c', 'd']],
  [{ session: 'w1' }, ['a', 'c', 'd']],
  [{ session: 'w2' }, ['b']],
  [{ session: 'nobody' }, []],
  [{ since: 2 }, ['b', 'c', 'd']],
  [{ unmatched: true }, ['c']],
  [{ unmatched: false }, ['a', 'b', 'd']],
  [{ fixture: 'greeting' }, ['d']],
  [{ limit: 2 }, ['c', 'd']],
  [{ limit: 0 }, []],
  [{ session: 'w1', limit: 1, unmatched: false }, ['d']],
])('the query %j finds %j', (query, ids) => {
  const journal = createJournal();
  journal.add(makeEntry('a', { at: 1 }), 0);
  journal.add(makeEntry('b', { at: 2, session: 'w2' }), 0);
  journal.add(makeEntry('c', { at: 3, unmatched: true }), 0);
  journal.add(makeEntry('d', { at: 4, fixture: 'greeting' }), 0);

  expect(idsOf(journal.list(query))).toEqual(ids);
});

it('a session keeps its newest entries, and counts all it has seen', () => {
  const journal = fill('abcde', { mostEntries: 2 });

  expect(idsOf(journal.list({ session: 'w1' }))).toEqual(['d', 'e']);
  expect(journal.count('w1')).toEqual({ seen: 5, kept: 2 });
  expect(journal.find('a')).toBeUndefined();
});

it('a session that is full takes nothing from the others', () => {
  const journal = createJournal({ mostEntries: 2 });
  journal.add(makeEntry('quiet', { session: 'w2' }), 0);
  for (const id of 'abcde') journal.add(makeEntry(id), 0);

  expect(idsOf(journal.list())).toEqual(['quiet', 'd', 'e']);
  expect(journal.count('w2')).toEqual({ seen: 1, kept: 1 });
});

it('over the bound of all sessions the oldest goes, whosever it is', () => {
  const journal = createJournal({ mostInAll: 3 });
  for (const id of 'ab') journal.add(makeEntry(id, { session: 'w1' }), 0);
  for (const id of 'cde') journal.add(makeEntry(id, { session: 'w2' }), 0);

  expect(idsOf(journal.list())).toEqual(['c', 'd', 'e']);
  expect(journal.count('w1')).toEqual({ seen: 2, kept: 0 });
  expect(idsOf(journal.list({ session: 'w1' }))).toEqual([]);
});

it('a session whose entries have all gone goes on with its next one', () => {
  const journal = createJournal({ mostInAll: 1 });
  for (const [id, session] of ['a1', 'b2', 'c1']) journal.add(makeEntry(`${id}`, { session }), 0);

  expect(idsOf(journal.list({ session: '1' }))).toEqual(['c']);
});

it('over the bound of bytes the oldest goes, and the newest stays whatever its size', () => {
  expect(idsOf(fill('abcde', { mostBytes: 25 }).list())).toEqual(['d', 'e']);
  expect(idsOf(fill('abcde', { mostBytes: 5 }).list())).toEqual(['e']);
});

it('the text of an answer counts among the bytes once it is known', () => {
  const journal = fill('abc', { mostBytes: 30 });
  journal.amend('w1', 'c', { text: 'x'.repeat(15) });

  expect(idsOf(journal.list())).toEqual(['c']);
  journal.add(makeEntry('d'), 5);
  expect(idsOf(journal.list())).toEqual(['c', 'd']);
  journal.add(makeEntry('e'), 25);
  expect(idsOf(journal.list())).toEqual(['d', 'e']);
});

it('by default a session keeps 1000 entries, and all of them 10000', () => {
  const journal = createJournal();
  for (let index = 0; index < 12_500; index += 1) {
    journal.add(makeEntry(`${index}`, { session: `w${Math.floor(index / 1100)}` }), 0);
  }

  expect(journal.count('w5')).toEqual({ seen: 1100, kept: 1000 });
  expect(journal.list()).toHaveLength(10_000);
});

it('a body over 256 KB is not kept, and its entry says so', () => {
  const journal = createJournal();
  journal.add(makeEntry('at-most'), 256 * 1024);
  journal.add(makeEntry('over'), 256 * 1024 + 1);
  journal.add(makeEntry('none', { body: undefined }), 256 * 1024 + 1);

  expect(journal.find('at-most')?.body).toBeDefined();
  expect(journal.find('over')).not.toHaveProperty('body');
  expect(journal.find('over')?.bodyOmitted).toBe(true);
  expect(journal.find('none')?.bodyOmitted).toBeUndefined();
});

it('a body that is not kept does not count among the bytes', () => {
  const journal = createJournal({ mostBytes: 20 });
  for (const bytes of [10, 1_000_000, 10]) journal.add(makeEntry(`${bytes}`), bytes);

  expect(journal.count('w1').kept).toBe(3);
});

it('an entry is amended in its place, and the one handed out stays as it was', () => {
  const journal = fill('ab', {});
  const before = journal.find('a');
  journal.amend('w1', 'a', { end: 'cut', endedAt: 7, text: 'Meo', status: 500 });

  expect(journal.list()[0]).toMatchObject({ id: 'a', end: 'cut', endedAt: 7, status: 500 });
  expect(before?.end).toBe('finished');
});

it('nothing is amended under the name of another session, or once it has gone', () => {
  const journal = fill('ab', { mostEntries: 1 });
  journal.amend('w2', 'b', { status: 500 });
  journal.amend('w1', 'a', { status: 500 });

  expect(journal.list().map(({ id, status }) => [id, status])).toEqual([['b', 200]]);
});

it('clearing a session empties it alone, and its counts begin again', () => {
  const journal = createJournal({ mostBytes: 30 });
  for (const [id, session] of [
    ['a', 'w1'],
    ['b', 'w2'],
    ['c', 'w1'],
  ] as const) {
    journal.add(makeEntry(id, { session }), 10);
  }
  journal.clear('w1');

  expect(idsOf(journal.list())).toEqual(['b']);
  expect(journal.count('w1')).toEqual({ seen: 0, kept: 0 });
  for (const id of 'de') journal.add(makeEntry(id), 10);
  expect(idsOf(journal.list())).toEqual(['b', 'd', 'e']);
});

it('clearing without a name empties all', () => {
  const journal = fill('abc', {});
  journal.clear();

  expect(journal.list()).toEqual([]);
  expect(journal.find('a')).toBeUndefined();
});

it('an id that comes again names the younger entry, also when the older one goes', () => {
  const journal = createJournal({ mostEntries: 2 });
  for (const [id, at] of [
    ['a', 1],
    ['a', 2],
    ['b', 3],
  ] as const) {
    journal.add(makeEntry(id, { at }), 0);
  }

  expect(journal.find('a')?.at).toBe(2);
});

it('a listener hears of each entry as it is kept, until it unsubscribes', () => {
  const journal = createJournal();
  const heard: unknown[] = [];
  const unsubscribe = journal.onAdd((entry) => heard.push([entry.id, journal.count('w1').seen]));
  journal.add(makeEntry('a'), 0);
  unsubscribe();
  journal.add(makeEntry('b'), 0);

  expect(heard).toEqual([['a', 1]]);
});
