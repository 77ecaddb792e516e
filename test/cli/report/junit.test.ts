import { expect, it } from 'vitest';
import { renderJunit } from '../../../src/cli/report/junit.ts';
import { nasty, someReport } from './some-report.ts';

/** What Jenkins lets each element have: its attributes, those it must have, and its children. */
const rules: Readonly<
  Record<string, readonly [allowed: string, required: string, inside: string]>
> = {
  testsuites: ['name time tests failures errors', '', ''],
  testsuite: [
    'name tests failures errors skipped time timestamp hostname id package file',
    'name tests failures errors',
    'testsuites',
  ],
  testcase: ['name classname time group', 'name', 'testsuite'],
  failure: ['type message', '', 'testcase'],
};

interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly parent: string;
  text: string;
}

const token =
  /<\?xml version="1\.0" encoding="UTF-8"\?>|<(\/?)(\w+)((?: \w+="[^"<&]*(?:&(?:lt|gt|amp|quot|#\d+);[^"<&]*)*")*)(\/?)>|((?:[^<>&]|&(?:lt|gt|amp|quot);)+)/gy;

/** Reads XML as strictly as the standard has it: throws at anything that is not well formed. */
function readXml(xml: string): readonly Element[] {
  const elements: Element[] = [];
  const open: Element[] = [];
  token.lastIndex = 0;
  while (token.lastIndex < xml.length) {
    const at = token.lastIndex;
    const found = token.exec(xml);
    if (!found) throw new Error(`No XML at ${at}: ${xml.slice(at, at + 80)}`);
    const [, closing, name, attributes = '', empty, text] = found;
    const parent = open.at(-1);
    if (text !== undefined && parent) parent.text += unescapeXml(text);
    if (name === undefined) continue;
    if (closing) {
      if (open.pop()?.name !== name) throw new Error(`</${name}> closes another element.`);
      continue;
    }
    const pairs = [...attributes.matchAll(/(\w+)="([^"]*)"/g)];
    const element: Element = {
      name,
      attributes: Object.fromEntries(pairs.map(([, key, value = '']) => [key, unescapeXml(value)])),
      parent: parent?.name ?? '',
      text: '',
    };
    elements.push(element);
    if (!empty) open.push(element);
  }
  if (open.length > 0) throw new Error(`<${open.at(-1)?.name}> is not closed.`);
  return elements;
}

function unescapeXml(text: string): string {
  return text
    .replaceAll(/&#(\d+);/g, (_, code) => String.fromCharCode(Number(code)))
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&');
}

const xml = renderJunit(someReport);
const elements = readXml(xml);

it('every element is one that Jenkins knows, where it may stand, with attributes that it may have', () => {
  for (const { name, attributes, parent } of elements) {
    const [allowed = '', required = '', inside] = rules[name] ?? [];

    expect(inside, name).toBe(parent);
    expect(allowed.split(' ')).toEqual(expect.arrayContaining(Object.keys(attributes)));
    expect(Object.keys(attributes)).toEqual(
      expect.arrayContaining(required.split(' ').filter(Boolean)),
    );
  }
});

it('there is a suite for each session and a case for each request and finding, and the counts agree', () => {
  const named = (name: string) => elements.filter((element) => element.name === name);
  const [root] = named('testsuites');

  expect(
    named('testsuite').map(({ attributes }) => [attributes['tests'], attributes['failures']]),
  ).toEqual([
    ['3', '2'],
    ['1', '1'],
  ]);
  expect(root?.attributes).toMatchObject({ tests: '4', failures: '3', errors: '0' });
  expect(named('testcase')).toHaveLength(4);
  expect(named('failure').map(({ attributes }) => attributes['type'])).toEqual([
    'unmatched',
    'storm',
    'violation',
  ]);
});

it('what a client sent comes back as it was, but for what XML cannot hold', () => {
  const [failure] = elements.filter(({ name }) => name === 'failure');
  const unwritable = ['\u0000', '\u001b', '\uffff'];
  const readable = unwritable.reduce(
    (text, character) => text.replaceAll(character, '\ufffd'),
    nasty.toWellFormed(),
  );

  expect(failure?.text).toBe(`a,b:%.yaml:3:5\n${readable}`);
  expect(failure?.attributes['message']).toBe(readable.split('\n')[0]);
});

it('a mock that nobody asked has no suite, and no failure', () => {
  const counts = { ...someReport.counts, requests: 0 };

  expect(readXml(renderJunit({ ...someReport, counts, sessions: [] }))).toHaveLength(1);
});
