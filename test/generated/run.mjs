// Generates clients from openapi/longcat.json in four languages, compiles them strictly, and has
// them talk to the built mock; then holds the mock against the document with Schemathesis.
//
//   node test/generated/run.mjs              all parts
//   node test/generated/run.mjs go python    those parts
//
// What was tried and is not here: ogen (its module is not in every proxy), and OpenAPI Generator's
// Java libraries on Jackson, which make empty classes of unions of a text and a list.
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { here, root } from './command.mjs';
import { startMock } from './mock.mjs';
import { say } from './tally.mjs';

const names = ['typescript', 'python', 'go', 'java', 'schemathesis'];
const words = process.argv.slice(2);
const stranger = words.find((word) => !names.includes(word));
if (stranger) {
  process.stderr.write(`There is no part "${stranger}", only ${names.join(', ')}.\n`);
  process.exit(2);
}

const totals = { passed: 0, failed: 0, skipped: 0 };
const mock = await startMock();
try {
  for (const name of words.length > 0 ? words : names) await testPart(name);
} finally {
  await mock.close();
}
const { passed, failed, skipped } = totals;
say(`${passed} passed, ${failed} failed, ${skipped} skipped`);
process.exitCode = failed > 0 || passed === 0 ? 1 : 0;

async function testPart(name) {
  say(`\n== ${name}`);
  const start = performance.now();
  const folder = join(here, name);
  const made = join(folder, 'made');
  rmSync(join(made, 'client'), { recursive: true, force: true });
  mkdirSync(made, { recursive: true });
  const { test } = await import(`./${name}/part.mjs`);
  const counts = await test({ root, folder, made, mock });
  for (const key of Object.keys(totals)) totals[key] += counts[key];
  say(
    `${name}: ${counts.passed} passed, ${counts.failed} failed, ${Math.round((performance.now() - start) / 1000)} s`,
  );
}
