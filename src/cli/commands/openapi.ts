import { writeFile } from 'node:fs/promises';
import { type DocumentFormat, type DocumentName, readDocument } from '../../docs/files.ts';
import { MockError } from '../../errors.ts';
import type { Streams } from '../streams.ts';

export interface OpenApiOptions {
  readonly name: DocumentName;
  readonly format: DocumentFormat;
  /** A file to write; undefined for standard output. */
  readonly output?: string | undefined;
}

/** Prints an OpenAPI document, or writes it into a file. */
export async function openapi(
  { name, format, output }: OpenApiOptions,
  { out }: Pick<Streams, 'out'>,
): Promise<number> {
  const text = (await readDocument(name, format)) ?? (await convert(name, format));
  if (text === undefined) throw new MockError('invalid-config', explainMissing(name));
  if (output === undefined) out.write(text);
  else await write(output, text);
  return 0;
}

/** A document that is there in YAML alone. */
async function convert(name: DocumentName, format: DocumentFormat): Promise<string | undefined> {
  if (format !== 'json') return undefined;
  const text = await readDocument(name, 'yaml');
  if (text === undefined) return undefined;
  const { parseYaml } = await import('../yaml.ts');
  return `${JSON.stringify(parseYaml(text), null, 2)}\n`;
}

function explainMissing(name: DocumentName): string {
  const missing = `There is no openapi/${name}.yaml in this installation of longcat-mock.`;
  if (name === 'longcat') return `${missing} Install it again.`;
  return `${missing} Leave out --admin for the document of the LongCat API.`;
}

async function write(path: string, text: string): Promise<void> {
  try {
    await writeFile(path, text);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    const message = `Cannot write the file "${path}" of --output: ${reason}`;
    throw new MockError('invalid-config', message, { cause });
  }
}
