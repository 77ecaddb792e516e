import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const packages = join(dirname(fileURLToPath(import.meta.url)), 'node_modules');
const longestMs = 60_000;

/** Servers of the Model Context Protocol that list their tools without an account. */
const servers = [
  ['@modelcontextprotocol/server-everything/dist/index.js'],
  ['@modelcontextprotocol/server-filesystem/dist/index.js', '.'],
  ['@modelcontextprotocol/server-github/dist/index.js'],
  ['@modelcontextprotocol/server-memory/dist/index.js'],
  ['@modelcontextprotocol/server-sequential-thinking/dist/index.js'],
  ['@notionhq/notion-mcp-server/bin/cli.mjs'],
  ['@playwright/mcp/cli.js', '--headless'],
  ['@upstash/context7-mcp/dist/index.js'],
  ['chrome-devtools-mcp/build/src/bin/chrome-devtools-mcp.js', '--no-usage-statistics'],
];

/** The input and output schemas of the servers' tools, as the servers tell them. */
export async function readTools() {
  const home = mkdtempSync(join(tmpdir(), 'longcat-mock-tools-'));
  const lists = await Promise.all(servers.map(([script, ...args]) => list(script, args, home)));
  rmSync(home, { recursive: true, force: true });
  return lists.flatMap((tools, index) =>
    tools.flatMap(({ name, inputSchema, outputSchema }) =>
      Object.entries({ input: inputSchema, output: outputSchema })
        .filter(([, schema]) => schema !== undefined)
        .map(([kind, schema]) => ({ path: `${servers[index][0]}: ${name} ${kind}`, schema })),
    ),
  );
}

async function list(script, args, home) {
  const environment = { PATH: process.env.PATH, HOME: home, CI: '1' };
  const child = spawn(process.execPath, [join(packages, script), ...args], {
    cwd: home,
    env: environment,
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  const timer = setTimeout(() => child.kill('SIGKILL'), longestMs);
  const send = (message) =>
    child.stdin.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`);
  const clientInfo = { name: 'longcat-mock-schemas', version: '1.0.0' };
  const params = { protocolVersion: '2025-06-18', capabilities: {}, clientInfo };
  child.stdin.on('error', () => {});
  send({ id: 1, method: 'initialize', params });
  try {
    for await (const line of createInterface({ input: child.stdout })) {
      const { id, result } = parse(line);
      if (id === 2) return result.tools;
      if (id !== 1) continue;
      send({ method: 'notifications/initialized' });
      send({ id: 2, method: 'tools/list', params: {} });
    }
    throw new Error(`"${script}" listed no tools.`);
  } finally {
    clearTimeout(timer);
    child.kill('SIGKILL');
  }
}

/** Some servers greet on the same channel. */
function parse(line) {
  try {
    return JSON.parse(line);
  } catch {
    return {};
  }
}
