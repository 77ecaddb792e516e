import { existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parse } from 'yaml';
import { ask } from './ask.mjs';
import { expect } from './check-image.mjs';
import { complain, run } from './command.mjs';

const outputNames = ['url', 'openai-url', 'anthropic-url', 'pid'];

/** The steps of the action and of the example workflows, run as GitHub runs them. */
export async function checkAction(scene) {
  const job = openJob(scene);
  const version = scene.tarball;
  const fixtures = 'examples/compose/fixtures\n\n';
  const args = "--fail-on-unmatched --seed 'a b'";
  const started = await job.runAction('action.yml', { version, fixtures, args });
  const outputs = job.readOutputs();
  const port = Number(new URL(outputs.url ?? 'http://none:1').port);
  const matched = await ask(port);
  const unmatched = await ask(port, { content: 'Bye | <b>' });
  const stopped = await job.runAction('action/stop/action.yml');
  const summary = readFileSync(job.files.GITHUB_STEP_SUMMARY, 'utf8');
  return {
    'the action starts a mock': complain(started),
    'it has every output that it declares': [
      ...expect(Object.keys(outputs).sort().join(), [...outputNames].sort().join()),
      ...expect(Object.keys(parse(scene.read('action.yml')).outputs).join(), outputNames.join()),
      ...expect(outputs['openai-url'], `${outputs.url}/openai/v1`),
      ...expect(outputs['anthropic-url'], `${outputs.url}/anthropic`),
    ],
    'the mock answers from the fixtures that it was given': [
      ...expect(/Hello from a fixture/.test(matched.text), true, matched.text),
      ...expect(unmatched.status, 404),
    ],
    'the action that stops it ends as the mock does': expect(stopped.code, 1, stopped.stdout),
    'it puts a table on the page of the job': expect(
      /\| Unmatched request \| default \|/.test(summary),
      true,
      summary,
    ),
    'it annotates the fixture that came nearest': expect(
      /^::error file=examples\/compose\/fixtures\/greeting\.longcat\.yaml,line=3/m.test(
        stopped.stdout,
      ),
      true,
      stopped.stdout,
    ),
    'the mock is gone': expect(existsSync(`/proc/${outputs.pid}/cmdline`), false),
    ...(await checkFailures(scene)),
    ...(await checkService(scene)),
  };
}

async function checkFailures(scene) {
  const job = openJob(scene);
  const flags = { version: scene.tarball, args: '--validate sometimes' };
  const refused = await job.runAction('action.yml', flags);
  const idle = await openJob(scene).runAction('action/stop/action.yml');
  return {
    'a mock that cannot start fails the step, with its log': [
      ...expect(refused.code, 1),
      ...expect(
        /::error title=longcat-mock::The mock ended with 2\./.test(refused.stdout),
        true,
        refused.stdout,
      ),
      ...expect(/Invalid --validate "sometimes"/.test(refused.stdout), true, refused.stdout),
    ],
    'without a mock there is nothing to stop': [
      ...expect(idle.code, 1),
      ...expect(/There is no mock to stop/.test(idle.stdout), true, idle.stdout),
    ],
  };
}

/** The push of the example with a service container, to a mock with that service's environment. */
async function checkService(scene) {
  const job = openJob(scene);
  const { jobs } = parse(scene.read('examples/workflows/with-service.yml'));
  const { services, env, steps } = jobs.test;
  const version = scene.tarball;
  const folder = mkdtempSync(join(scene.scratch, 'checkout-'));
  mkdirSync(join(folder, 'longcat-mock'));
  const fixture = 'version: 1\nfixtures:\n  - id: pushed\n    respond: { text: Pushed. }\n';
  writeFileSync(join(folder, 'longcat-mock/a.yaml'), fixture);
  await job.runAction('action.yml', { version }, services.longcat.env);
  const { url = '' } = job.readOutputs();
  const { run: script = '' } = steps.find((step) => step.run?.includes(' push ')) ?? {};
  const pushing = script.replace('http://127.0.0.1:4010', url).replace('npx ', '');
  const bin = join(job.files.RUNNER_TEMP, 'longcat-mock/node_modules/.bin');
  const PATH = `${bin}:${process.env.PATH}`;
  const pushed = await run('bash', ['-c', pushing], {
    cwd: folder,
    env: { ...process.env, ...env, PATH },
  });
  const answer = await ask(Number(new URL(url).port));
  const stopped = await job.runAction('action/stop/action.yml');
  return {
    'the workflow with a service pushes its fixtures': complain(pushed),
    'the service answers from them': expect(/Pushed\./.test(answer.text), true, answer.text),
    'a mock without findings lets the job pass': complain(stopped),
  };
}

/** A job of a runner, as far as the actions see it. */
function openJob({ root, scratch, read }) {
  const RUNNER_TEMP = mkdtempSync(join(scratch, 'runner-'));
  const files = {
    RUNNER_TEMP,
    GITHUB_OUTPUT: join(RUNNER_TEMP, 'output'),
    GITHUB_STEP_SUMMARY: join(RUNNER_TEMP, 'summary.md'),
  };
  writeFileSync(files.GITHUB_OUTPUT, '');
  writeFileSync(files.GITHUB_STEP_SUMMARY, '');
  return {
    files,
    /** Each composite action here is one step. */
    async runAction(file, given = {}, more = {}) {
      const action = parse(read(file));
      const [{ run: script, env = {} }] = action.runs.steps;
      const inputs = Object.entries(action.inputs ?? {}).map(([name, { default: value }]) => [
        name,
        given[name] ?? value,
      ]);
      const fill = (text) =>
        text.replaceAll(
          /\$\{\{ inputs\.([\w-]+) \}\}/g,
          (_, name) => Object.fromEntries(inputs)[name],
        );
      const filled = Object.entries(env).map(([name, value]) => [name, fill(value)]);
      const GITHUB_ACTION_PATH = join(root, dirname(file));
      const environment = {
        ...process.env,
        ...files,
        GITHUB_ACTION_PATH,
        ...more,
        ...Object.fromEntries(filled),
      };
      const flags = ['--noprofile', '--norc', '-eo', 'pipefail', '-c', script];
      return run('bash', flags, { cwd: root, env: environment });
    },
    readOutputs() {
      const lines = readFileSync(files.GITHUB_OUTPUT, 'utf8').trim().split('\n');
      return Object.fromEntries(lines.map((line) => line.split(/=(.*)/s).slice(0, 2)));
    },
  };
}
