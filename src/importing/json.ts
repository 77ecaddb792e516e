import { isDeeperThan } from '../exchange/json.ts';

const deepest = 256;

export type ReadJson = { readonly value: unknown } | { readonly problem: string };

/** A JSON text of any origin. */
export function readJson(text: string): ReadJson {
  try {
    const value: unknown = JSON.parse(text.replace(/^\uFEFF/, ''));
    if (isDeeperThan(value, deepest)) return { problem: `it nests deeper than ${deepest} levels` };
    return { value };
  } catch (error) {
    return { problem: `it is no JSON (${error instanceof Error ? error.message : error})` };
  }
}
