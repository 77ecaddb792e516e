import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const root = new URL('..', import.meta.url);
const readme = readFileSync(new URL('README.md', root), 'utf8');
const links = [...readme.matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = '']) => target);

/** As GitHub names the headings of a page. */
const anchors = new Set(
  [...readme.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\- ]/gu, '')
      .replaceAll(' ', '-'),
  ),
);

it.each([...new Set(links.filter((link) => link.startsWith('#')))])('%s is a heading', (link) => {
  expect(anchors).toContain(link.slice(1));
});

it.each([
  ...new Set(links.filter((link) => !/^(?:#|https?:)/.test(link))),
])('%s is a file of the project', (link) => {
  expect(existsSync(fileURLToPath(new URL(link.split('#')[0] ?? '', root)))).toBe(true);
});

it('names every command that the command line has', () => {
  const folder = new URL('src/cli/program/', root);
  const sources = readdirSync(folder).map((file) => readFileSync(new URL(file, folder), 'utf8'));
  const commands = [...sources.join('').matchAll(/\.command\('(\w+)'/g)].map(([, name]) => name);

  expect(commands).toContain('serve');
  for (const name of commands) {
    expect(readme).toMatch(new RegExp(`^longcat-mock \\[?${name}\\b`, 'm'));
  }
});
