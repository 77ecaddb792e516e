import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { findIsolation } from '../clients/isolate.mjs';
import { runCommand } from './command.mjs';
import { readCounts } from './counts.mjs';
import { explainMissing } from './tools.mjs';

const isolation = findIsolation();

/** Runs a README: a block that installs, one that tests, one that records the cassette anew. */
export async function testExample(folder) {
  const missing = await explainMissing(basename(folder));
  if (missing) return failed(missing);

  const blocks = readBlocks(join(folder, 'README.md'));
  if (blocks.length !== 3) return failed(`README.md has ${blocks.length} blocks of sh, not 3.`);
  const [installing, testing, recording] = blocks;

  // Only what installs may reach a network.
  const installed = await runBlock(installing, folder);
  if (installed.status !== 0) return failed(`It cannot be installed.\n${installed.output}`);
  const tested = await runBlock(testing, folder, isolation);
  const problem = await recordAnew(recording, folder);
  return judge(tested, problem);
}

function readBlocks(path) {
  const blocks = readFileSync(path, 'utf8').matchAll(/^```sh\n(.*?)^```$/gms);
  return Array.from(blocks, ([, block]) => block);
}

function runBlock(block, cwd, prefix = []) {
  return runCommand([...prefix, 'bash', '-euo', 'pipefail', '-c', block], { cwd });
}

/** What is wrong with the block that records; empty when the recordings were made anew. */
async function recordAnew(block, folder) {
  const before = readRecordings(folder);
  const { status, output } = await runBlock(block, folder, isolation);
  if (status !== 0) return output;
  const after = readRecordings(folder);
  const keys = (recordings) => recordings.map(({ key }) => key).join();
  if (keys(before) !== keys(after)) return 'It recorded other requests than the cassette had.';
  const isNew = after.every(({ recordedAt }, at) => recordedAt > before[at].recordedAt);
  return isNew ? '' : 'It recorded nothing.';
}

function readRecordings(folder) {
  return JSON.parse(readFileSync(join(folder, 'cassettes/default.json'), 'utf8')).recordings;
}

function judge({ status, output }, problem) {
  const counts = readCounts(output);
  const isSilent = counts.failed === 0 && (status !== 0 || counts.passed === 0);
  const failures = counts.failed + Number(isSilent) + Number(problem !== '');
  return {
    lines: [
      `Tests: ${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped.`,
      ...(status !== 0 || isSilent ? [`The tests ended with ${status}.\n${output}`] : []),
      problem === '' ? 'The cassette was recorded anew.' : `It cannot be recorded.\n${problem}`,
    ],
    // Installing and recording are a check each, beside the tests.
    counts: {
      passed: 1 + counts.passed + Number(problem === ''),
      failed: failures,
      skipped: counts.skipped,
    },
  };
}

function failed(line) {
  return { lines: [line], counts: { passed: 0, failed: 1, skipped: 0 } };
}
