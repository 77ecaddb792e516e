import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { Report } from '../../../src/cli/report/report.ts';
import { ask } from '../../ask.ts';
import { run, serve } from '../command.ts';

const folder = mkdtempSync(join(tmpdir(), 'longcat-mock-'));
const fixtures = join(folder, 'own.longcat.yaml');
writeFileSync(
  fixtures,
  `version: 1
fixtures:
  - id: burst
    match: { messages: { last: { text: { contains: burst } } } }
    respond: { text: Here. }
`,
);

function read(file: string): Report {
  return JSON.parse(readFileSync(file, 'utf8'));
}

function say(content: string): object {
  return { messages: [{ role: 'user', content }] };
}

it('serve writes what was unmatched, what broke the contract and what the client did wrong, once it ends', async () => {
  const file = join(folder, 'new/serve.json');
  await using mock = await serve(['--fixtures', fixtures, '--report', `json=${file}`]);
  const headers = { 'x-longcat-mock-session': 'w1' };
  await ask(say('burst'), { mock });
  await ask(say('nothing'), { mock, headers });
  await ask({ messages: 'none' }, { mock, headers });
  await ask({ messages: 'none' }, { mock, headers });
  expect(existsSync(file)).toBe(false);
  const { code } = await mock.stop();
  const { counts, sessions } = read(file);
  const [first, second] = sessions;

  expect(code).toBe(0);
  expect(counts).toMatchObject({
    requests: 4,
    fixture: 1,
    unmatched: 1,
    violating: 2,
    findings: 1,
  });
  expect(sessions.map(({ name }) => name)).toEqual(['default', 'w1']);
  expect(first?.requests).toMatchObject([{ status: 200, source: 'fixture', fixture: 'burst' }]);
  expect(first?.requests[0]).not.toHaveProperty('problem');
  expect(second?.requests.map(({ problem }) => problem)).toMatchObject([
    { kind: 'unmatched', place: { file: fixtures, line: 3, column: 5 } },
    { kind: 'violation', message: '/messages: expected type: JSONArray, found: String' },
    { kind: 'violation' },
  ]);
  expect(second?.findings).toMatchObject([{ rule: 'retried-what-must-not-be' }]);
});

it('an error that was asked for breaks no contract', async () => {
  const file = join(folder, 'asked.json');
  await using mock = await serve(['--report', `json=${file}`]);
  await ask(say('Hello!'), { mock, headers: { prefer: 'code=400' } });
  await mock.stop();

  expect(read(file).counts).toMatchObject({ requests: 1, refused: 1, violating: 0 });
});

it('under --validate warn a violation is one, although it was answered', async () => {
  const file = join(folder, 'warned.json');
  await using mock = await serve(['--validate', 'warn', '--report', `json=${file}`]);
  await ask({ ...say('Hello!'), max_tokens: -1 }, { mock });
  await mock.stop();
  const [session] = read(file).sessions;

  expect(session?.requests).toMatchObject([
    {
      status: 200,
      problem: { kind: 'violation', message: expect.stringContaining('/max_tokens') },
    },
  ]);
});

const script = `
  const body = JSON.stringify({ model: 'LongCat-2.0', messages: [{ role: 'user', content: 'x' }] });
  fetch(process.env.OPENAI_BASE_URL + '/chat/completions', {
    method: 'POST', body, headers: { authorization: 'Bearer any' },
  }).then(() => process.exit(Number(process.argv[1])));
`;

it('run writes every report that is asked for, and ends as the command does', async () => {
  const [json, junit, summary] = ['run.json', 'run.xml', 'summary.md'].map((name) =>
    join(folder, name),
  );
  const { code, stdout, stderr } = await run(
    [
      ...['run', '--fixtures', fixtures, '--report', `json=${json}`, '--report', `junit=${junit}`],
      ...['--report', 'github', '--', process.execPath, '-e', script, '5'],
    ],
    { GITHUB_STEP_SUMMARY: summary ?? '' },
  );

  expect([code, stdout]).toEqual([5, '']);
  expect(read(json ?? '').counts.unmatched).toBe(1);
  expect(readFileSync(junit ?? '', 'utf8')).toContain('<failure type="unmatched"');
  expect(readFileSync(summary ?? '', 'utf8')).toContain('| Unmatched request |');
  expect(stderr).toMatch(/^::error file=.*own\.longcat\.yaml,line=3,col=5,title=/m);
});

it('the variable lists the same', async () => {
  const file = join(folder, 'variable.json');
  const { code } = await run(['run', '--', process.execPath, '-e', ''], {
    LONGCAT_MOCK_REPORT: `github,json=${file}`,
  });

  expect(code).toBe(0);
  expect(read(file).counts.requests).toBe(0);
});

it('a report that cannot be written ends with 2, unless the command failed', async () => {
  const report = `json=${fixtures}/no/folder.json`;
  const runWith = (status: string) =>
    run(['run', '--report', report, '--', process.execPath, '-e', `process.exit(${status})`]);
  const [fine, failed] = await Promise.all([runWith('0'), runWith('3')]);

  expect([fine.code, failed.code]).toEqual([2, 3]);
  expect(fine.stderr).toContain(`error: Cannot write "${fixtures}/no/folder.json"`);
});

it.each([
  'html',
  'json',
  'junit=',
])('--report %s is refused with what may stand there', async (value) => {
  const { code, stderr } = await run(['--report', value]);

  expect(code).toBe(2);
  expect(stderr).toContain(
    `Invalid --report "${value}": expected junit=FILE, json=FILE or github. Or set LONGCAT_MOCK_REPORT.`,
  );
});
