import type { Provenance } from './registry.ts';

export interface Quirk {
  readonly on: boolean;
  readonly provenance: Provenance;
  /** What the answers look like while the switch is on. */
  readonly effect: string;
  readonly source: string;
}

/**
 * Named switches between forms of the wire that LongCat, or its documentation, has shown.
 * `on` is the default, which follows the newest observation.
 */
export const quirks = {
  'tool-delta-nulls': {
    on: true,
    provenance: 'observed',
    effect:
      'Streamed tool-call deltas after the first carry `id: null` and `function.name: null` (off: both members are left out).',
    source: 'Recorded tool-call stream, 2026-09-01',
  },
  'usage-always': {
    on: true,
    provenance: 'observed',
    effect:
      'A chat stream ends with a usage chunk even when `stream_options.include_usage` was not sent (off: only when it was).',
    source: 'Recorded streams, 2026-09-01',
  },
  'messages-docs-shape': {
    on: false,
    provenance: 'documented',
    effect:
      'Messages have the documented shape: `thinking` inside the text block; streams without `content_block_start`, `content_block_stop` and `ping`.',
    source: 'LongCat docs, Messages (LongCat-2.0)',
  },
  'usage-late': {
    on: false,
    provenance: 'assumed',
    effect: '`message_start` carries no usage; `message_delta` carries all of it.',
    source: 'A client’s regression test (Reasonix)',
  },
  'accept-x-api-key': {
    on: false,
    provenance: 'assumed',
    effect: 'A key in `x-api-key` alone is accepted (off: 401, as LongCat answers).',
    source: 'Six independent issue reports, 2025-11 to 2026-07, describe the 401',
  },
  'effective-cached-tokens': {
    on: false,
    provenance: 'observed',
    effect: 'Chat usage begins with `effectiveCachedTokens`.',
    source: 'A client’s test taken from a LongCat stream, mid-2026 (Flowlet)',
  },
  'gateway-headers': {
    on: false,
    provenance: 'observed',
    effect:
      'Answers of the chat and message endpoints carry the gateway’s headers: `server: openresty`, `m-appkey`, `m-spanname`, `m-traceid` and, on whole answers, `mt-gateway-error`.',
    source: 'Recorded headers, 2026-09-01',
  },
  'open-models': {
    on: false,
    provenance: 'assumed',
    effect: 'The models routes answer without looking at the key (off: 401 without one).',
    source: 'A probe note of 2026-09-10, against the 401 probed on 2026-07-03',
  },
} as const satisfies Record<string, Quirk>;

export type QuirkName = keyof typeof quirks;

/** The state of every switch for one server, session or fixture. */
export type QuirkSettings = Readonly<Record<QuirkName, boolean>>;

export const quirkNames = Object.keys(quirks) as readonly QuirkName[]; // Object.keys widens to string

/** The defaults, with the given switches set over them. */
export function settleQuirks(overrides: Partial<QuirkSettings> = {}): QuirkSettings {
  const settings = quirkNames.map((name) => [name, overrides[name] ?? quirks[name].on]);
  return Object.fromEntries(settings) as QuirkSettings; // fromEntries forgets the keys
}

/** Settings with others over them; the same ones where there are no others. */
export function overrideQuirks(
  settings: QuirkSettings,
  overrides: Partial<QuirkSettings> = {},
): QuirkSettings {
  for (const _ in overrides) return { ...settings, ...overrides };
  return settings;
}
