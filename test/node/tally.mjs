/** Counts what passed; told line by line. */
export function createTally() {
  const counts = { passed: 0, failed: 0, skipped: 0 };
  return {
    /** Lines that say what is wrong; none when it is right. */
    report(title, problems = []) {
      counts[problems.length === 0 ? 'passed' : 'failed'] += 1;
      process.stdout.write(`${problems.length === 0 ? 'ok' : 'FAILED'}: ${title}\n`);
      for (const problem of problems) process.stdout.write(`  ${problem}\n`);
    },
    skip(title, reason) {
      counts.skipped += 1;
      process.stdout.write(`skipped: ${title}: ${reason}\n`);
    },
    end() {
      const { passed, failed, skipped } = counts;
      process.stdout.write(`${passed} passed, ${failed} failed, ${skipped} skipped\n`);
      return failed === 0 && passed > 0 ? 0 : 1;
    },
  };
}
