import { runCommand } from './command.mjs';

const curl = [['curl', '--version'], 'There is no curl: on Debian, "apt-get install curl".'];
const jq = [['jq', '--version'], 'There is no jq: on Debian, "apt-get install jq".'];
const go = [
  ['go', 'version'],
  'There is no Go of 1.21 or later, which would fetch the one in go.mod: install it from https://go.dev/dl.',
];
const python = [
  ['python3', '-c', 'import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 10))'],
  'There is no Python of 3.10 or later: on Debian, "apt-get install python3 python3-venv".',
];

/** What an example wants besides Node.js and Bash. */
const tools = { curl: [curl, jq], go: [go], python: [python] };

/** How to get the first tool that the example lacks; empty when it has all. */
export async function explainMissing(example) {
  for (const [command, help] of tools[example] ?? []) {
    const { status } = await runCommand(command, { cwd: process.cwd() });
    if (status !== 0) return help;
  }
  return '';
}
