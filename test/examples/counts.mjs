const goWords = { PASS: 'passed', FAIL: 'failed', SKIP: 'skipped' };

/** How many tests passed, by what Vitest, pytest, "go test -v" or TAP writes. */
export function readCounts(output) {
  const counts = { passed: 0, failed: 0, skipped: 0 };
  for (const line of output.split('\n')) {
    for (const [name, count] of readLine(line)) counts[name] += count;
  }
  return counts;
}

function readLine(line) {
  const go = /^\s*--- (PASS|FAIL|SKIP): /.exec(line);
  if (go) return [[goWords[go[1]], 1]];
  const tap = /^(not )?ok - /.exec(line);
  if (tap) return [[tap[1] ? 'failed' : 'passed', 1]];
  const isSummary = /^ *Tests +\d|^=+ \d.* in [\d.]+s/.test(line);
  return isSummary ? Array.from(line.matchAll(/(\d+) (passed|failed|skipped)/g), toCount) : [];
}

function toCount([, count, word]) {
  return [word, Number(count)];
}
