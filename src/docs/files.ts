import { readFile } from 'node:fs/promises';

/** The package's folder, seen from src/docs/ or from dist/. */
const home = new URL(import.meta.url.endsWith('.ts') ? '../../' : '../', import.meta.url);

export const documentNames = ['longcat', 'admin'] as const;
export type DocumentName = (typeof documentNames)[number];

export const documentFormats = ['yaml', 'json'] as const;
export type DocumentFormat = (typeof documentFormats)[number];

/** A generated OpenAPI document; undefined where this build has none of that name. */
export async function readDocument(
  name: DocumentName,
  format: DocumentFormat,
): Promise<string | undefined> {
  try {
    return await readFile(new URL(`openapi/${name}.${format}`, home), 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

export type Asset = 'page.css' | 'page.js' | 'swagger-ui.css' | 'swagger-ui.js';

/** A file of the page, as the build compressed it. */
export async function readAsset(name: Asset): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await readFile(new URL(`dist/docs/${name}.gz`, home)));
}
