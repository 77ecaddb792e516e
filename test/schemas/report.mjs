const kinds = {
  ok: 'ok',
  warned: 'ok with a warning',
  impossible: 'unsatisfiable and said so',
  missed: 'missed and said so',
  'foreign-said': 'Ajv cannot compile it; warning',
  foreign: 'Ajv cannot compile it',
  endless: 'Ajv does not end',
  misjudged: 'Ajv fails its own tests',
  'refused-well': 'too long or deep, refused',
  refused: 'refused',
  wrong: 'WRONG',
  error: 'ERROR',
  hang: 'HANG',
};
const failures = ['refused', 'wrong', 'error', 'hang'];
const skips = ['foreign-said', 'foreign', 'misjudged', 'endless'];
const quiet = [
  'ok',
  'foreign-said',
  'foreign',
  'misjudged',
  'endless',
  'impossible',
  'refused-well',
];

/** Prints tables and lists; the exit code. */
export function report(results, { known, fewest, least }) {
  const marked = results.map((result) => ({ ...result, reason: known.get(keyOf(result)) }));
  say(`\n${drawTable(results)}\n`);
  listNotable(marked);

  const failed = marked.filter(({ kind, reason }) => failures.includes(kind) && !reason);
  const skipped = marked.filter(({ kind, reason }) => skips.includes(kind) || reason);
  const stale = [...known.keys()].filter(
    (key) => !marked.some((result) => keyOf(result) === key && failures.includes(result.kind)),
  );
  const problems = stale.map((key) => `"${key}" is listed as known and does not fail.`);
  const share = measureSatisfied(results);
  say(
    `${results.length} schemas; ${(100 * share).toFixed(2)} % of the satisfiable ones satisfied; ${describeTimes(results)}`,
  );
  if (share < least) problems.push(`Fewer than ${100 * least} % are satisfied.`);
  if (results.length < fewest) problems.push(`Fewer than ${fewest} schemas were found.`);
  for (const problem of problems) say(`FAILED: ${problem}`);

  const passed = results.length - failed.length - skipped.length;
  const count = failed.length + problems.length;
  say(`${passed} passed, ${count} failed, ${skipped.length} skipped`);
  return count === 0 ? 0 : 1;
}

/** The processor's time for the slowest request of each schema. */
export function describeTimes(results) {
  const times = results.map(({ times: all }) => Math.max(0, ...all)).sort((a, b) => a - b);
  const at = (share) => times[Math.min(times.length - 1, Math.floor(share * times.length))] ?? 0;
  const slowest = results.find(({ times: all }) => all.includes(times.at(-1)));
  return `p50 ${at(0.5).toFixed(1)} ms, p99 ${at(0.99).toFixed(1)} ms, longest ${at(1).toFixed(0)} ms (${slowest?.path})`;
}

function measureSatisfied(results) {
  const counted = results.filter(
    ({ kind }) => ![...skips, 'impossible', 'refused-well'].includes(kind),
  );
  return counted.filter(({ kind }) => kind === 'ok' || kind === 'warned').length / counted.length;
}

function drawTable(results) {
  const sources = [...new Set(results.map(({ source }) => source))];
  const rows = Object.entries(kinds).map(([kind, title]) => {
    const counts = sources.map(
      (source) => results.filter((one) => one.kind === kind && one.source === source).length,
    );
    return [title, ...counts, counts.reduce((sum, count) => sum + count, 0)];
  });
  const lines = [['', ...sources, 'all'], ...rows];
  const widths = lines[0].map((_, column) =>
    Math.max(...lines.map((line) => String(line[column]).length)),
  );
  return lines
    .map((line) =>
      line
        .map((cell, column) =>
          column === 0 ? String(cell).padEnd(widths[0]) : String(cell).padStart(widths[column]),
        )
        .join('  '),
    )
    .join('\n');
}

function listNotable(results) {
  for (const [kind, title] of Object.entries(kinds)) {
    const notable = results.filter((one) => one.kind === kind && !quiet.includes(kind));
    if (notable.length > 0) say(`${title}:`);
    for (const one of notable) {
      const known = one.reason ? ` (known: ${one.reason})` : '';
      say(`  ${keyOf(one)} [${one.where ?? ''}]${known}: ${String(one.note).slice(0, 300)}`);
    }
    if (notable.length > 0) say('');
  }
}

function keyOf({ source, path }) {
  return `${source}: ${path}`;
}

function say(line) {
  process.stdout.write(`${line}\n`);
}
