import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import type { CheckStep } from '../../src/scenario/check.ts';
import type { LoadedFixtures } from '../../src/scenario/load.ts';
import type { Problem } from '../../src/scenario/problem.ts';
import { watchFixtures } from '../../src/scenario/watch.ts';
import { makeFolder, oneFixture, writeInto } from './folder.ts';

type Report = { readonly ids: readonly string[] } | { readonly problems: readonly string[] };

/** Watches, and gives what is reported one by one. */
async function watch(paths: readonly string[], checkStep?: CheckStep) {
  const reports: Report[] = [];
  const waiting: ((report: Report) => void)[] = [];
  const add = (report: Report) => {
    const next = waiting.shift();
    if (next) next(report);
    else reports.push(report);
  };
  const watcher = await watchFixtures(paths, {
    onLoad: (loaded) => add({ ids: listIds(loaded) }),
    onProblems: (problems) => add({ problems: problems.map(showProblem) }),
    ...(checkStep ? { checkStep } : {}),
  });
  onTestFinished(() => watcher.close());
  const next = async () =>
    reports.shift() ?? new Promise<Report>((resolve) => waiting.push(resolve));
  return { next, watcher, reports };
}

function listIds({ sets }: LoadedFixtures): readonly string[] {
  return sets.flatMap(({ fixtures }) => fixtures.map(({ id }) => id));
}

function showProblem({ line, column, message }: Problem): string {
  return `${line}:${column} ${message}`;
}

it('an edit, a further file and a removed one load every set anew', async () => {
  const folder = makeFolder({ 'a.yaml': oneFixture('a') });
  const { next } = await watch([folder]);

  writeInto(folder, 'a.yaml', oneFixture('changed'));
  expect(await next()).toEqual({ ids: ['changed'] });

  writeInto(folder, 'b.yaml', oneFixture('b'));
  expect(await next()).toEqual({ ids: ['changed', 'b'] });

  rmSync(join(folder, 'a.yaml'));
  expect(await next()).toEqual({ ids: ['b'] });
});

it('a bad edit is told with its place and loads nothing, until it is mended', async () => {
  const folder = makeFolder({ 'a.yaml': oneFixture('a') });
  const { next } = await watch([join(folder, 'a.yaml')]);

  writeInto(folder, 'a.yaml', oneFixture('a', '{ txt: hi }'));
  expect(await next()).toEqual({ problems: ['4:16 Unknown key "txt"'] });

  writeInto(folder, 'a.yaml', oneFixture('mended'));
  expect(await next()).toEqual({ ids: ['mended'] });
});

it('an impossible answer is a bad edit', async () => {
  const folder = makeFolder({ 'a.yaml': oneFixture('a') });
  const { next } = await watch([folder], ({ text }) => (text === 'bad' ? ['it is bad'] : []));

  writeInto(folder, 'a.yaml', oneFixture('a', '{ text: bad }'));
  expect(await next()).toEqual({ problems: ['4:14 Impossible answer: it is bad'] });
});

it('a file that a fixture refers to is watched', async () => {
  const folder = makeFolder({
    'a.yaml': oneFixture('a', '{ textFile: texts/a.txt }'),
    'texts/a.txt': 'good',
  });
  const { next } = await watch([join(folder, 'a.yaml')], ({ text }) => [`it is ${text}`]);

  writeInto(folder, 'texts/a.txt', 'changed');
  expect(await next()).toEqual({ problems: ['4:14 Impossible answer: it is changed'] });
});

it('after its close nothing is told', async () => {
  const folder = makeFolder({ 'a.yaml': oneFixture('a') });
  const { watcher, reports } = await watch([folder]);

  await watcher.close();
  writeInto(folder, 'a.yaml', oneFixture('late'));
  const second = await watch([folder]);
  writeInto(folder, 'a.yaml', oneFixture('later'));

  expect(await second.next()).toEqual({ ids: ['later'] });
  expect(reports).toEqual([]);
});
