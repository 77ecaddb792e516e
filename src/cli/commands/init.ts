import { access, mkdir, writeFile } from 'node:fs/promises';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { renderSchema, schemaPath } from '../../scenario/json-schema.ts';
import { defaultFolder } from '../../scenario/load.ts';
import type { Streams } from '../streams.ts';

/** Writes an example of a fixture file, and never over one that is there. */
export async function init(folder: string, { out }: Pick<Streams, 'out'>): Promise<number> {
  const target = join(folder, defaultFolder);
  await mkdir(target, { recursive: true });
  const installed = await findInstalled(resolve(target));
  if (installed === undefined) {
    await writeOnce(join(target, 'fixture.schema.json'), renderSchema(), out);
  }
  const address = installed ?? './fixture.schema.json';
  await writeOnce(join(target, 'example.longcat.yaml'), renderExample(address), out);
  return 0;
}

/** The way to the schema in the nearest `node_modules`, which may be that of a workspace's root. */
async function findInstalled(target: string): Promise<string | undefined> {
  for (let folder = dirname(target); ; folder = dirname(folder)) {
    const path = join(folder, 'node_modules/longcat-mock', schemaPath);
    const found = await access(path).then(
      () => true,
      () => false,
    );
    if (found) return relative(target, path).split(sep).join('/');
    if (folder === dirname(folder)) return undefined;
  }
}

async function writeOnce(path: string, text: string, out: Streams['out']): Promise<void> {
  try {
    await writeFile(path, text, { flag: 'wx' });
    out.write(`Wrote ${path}\n`);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    out.write(`Kept ${path}, which was there\n`);
  }
}

function renderExample(schema: string): string {
  return `# yaml-language-server: $schema=${schema}
version: 1
description: Answers of your own. longcat-mock reads this folder by default.
fixtures:
  # The first request of a session is limited, every later one is answered. The official SDKs
  # retry by themselves, after the 5 ms that they are told to wait.
  - id: example.limited-once
    match: { messages: { last: { text: { contains: limit me } } } }
    respond:
      - error: { name: rate_limit_exceeded, retryAfterMs: 5 }
      - text: Hello!

  # A tool call, and the answer once its result is there.
  - id: example.weather.call
    match: { turnIndex: 0, tools: { includes: [get_weather] } }
    respond: { toolCalls: [{ name: get_weather, arguments: { city: Paris } }] }
  - id: example.weather.answer
    match: { turnIndex: 1, messages: { last: { role: tool } } }
    respond: { text: It is 18 °C in Paris. }

  # A stream that ends early. Faults of streams need "stream: true".
  - id: example.cut
    match: { stream: true, messages: { last: { text: { matches: '(?i)cut me off' } } } }
    respond:
      stream: { chunks: ['This ', 'answer ', 'stops half'] }
      fault: { type: STREAM_TRUNCATE, afterChunks: 2 }
`;
}
