// Whether a tag, the version of package.json and the newest heading of the changelog are one.
//
//   node scripts/check-release.mjs v1.2.3
//   node scripts/check-release.mjs            as `npm version` has set it, before the tag is there
import { readFileSync } from 'node:fs';

const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
const changelog = readFileSync(new URL('../CHANGELOG.md', import.meta.url), 'utf8');
const [tag = `v${version}`] = process.argv.slice(2);

const mistakes = listMistakes();
for (const mistake of mistakes) process.stderr.write(`${mistake}\n`);
if (mistakes.length === 0) process.stdout.write(`Version ${version} can be released.\n`);
process.exitCode = mistakes.length === 0 ? 0 : 1;

function listMistakes() {
  const [, unreleased = '', heading, date] =
    /^## \[Unreleased\]\n([\s\S]*?)^## \[([^\]]+)\](?: - (\S+))?$/m.exec(changelog) ?? [];
  return [
    tag !== `v${version}` && `The tag is "${tag}", and package.json has the version "${version}".`,
    heading !== version && `The newest heading of CHANGELOG.md is "${heading}", not "${version}".`,
    !/^\d{4}-\d\d-\d\d$/.test(date) && `The heading of "${heading}" wants a date: "- 2026-01-31".`,
    unreleased.trim() !== '' && 'CHANGELOG.md has something under "Unreleased": move it down.',
  ].filter(Boolean);
}
