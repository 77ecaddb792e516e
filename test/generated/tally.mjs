import { existsSync, readFileSync } from 'node:fs';

/** Counts the checks of one part, and tells each. */
export function createTally() {
  const counts = { passed: 0, failed: 0, skipped: 0 };
  return {
    counts,
    /** One check: `problem` says what is wrong, and is empty when nothing is. */
    check(title, problem = '') {
      counts[problem ? 'failed' : 'passed'] += 1;
      say(problem ? `not ok: ${title}\n${problem}` : `ok: ${title}`);
      return !problem;
    },
    add({ passed, failed, skipped }) {
      counts.passed += passed;
      counts.failed += failed;
      counts.skipped += skipped;
    },
  };
}

/** The counts in a JUnit report; without one, a failure: the run did not end. */
export function readJunit(path) {
  const xml = existsSync(path) ? readFileSync(path, 'utf8') : '';
  const cases = xml.match(/<testcase\b/g)?.length ?? 0;
  const count = (name) => xml.match(new RegExp(`<${name}\\b(?! )|<${name} `, 'g'))?.length ?? 0;
  const failed = count('failure') + count('error');
  const skipped = count('skipped');
  if (cases === 0) return { passed: 0, failed: 1, skipped: 0 };
  return { passed: cases - failed - skipped, failed, skipped };
}

export function say(line) {
  process.stdout.write(`${line}\n`);
}
