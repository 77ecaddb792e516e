import type { QuirkSettings } from '../contract/quirks.ts';
import type { AppSettings } from './settings.ts';

const ownNames = [
  'request-id',
  'session',
  'source',
  'fixture',
  'scenario',
  'cassette',
  'recording',
  'selected-by',
  'violations',
  'warning',
  'hint',
] as const;

export const ownHeaderNames = ownNames.map((name) => `x-longcat-mock-${name}`);

type Headers = Readonly<Record<string, string>>;

/** The mock's own headers, by their names without the common prefix; none under `--strict-contract`. */
export function ownHeaders(
  { strictContract }: Pick<AppSettings, 'strictContract'>,
  own: Headers,
): Headers {
  const headers: Record<string, string> = {};
  if (strictContract) return headers;
  for (const name in own) headers[`x-longcat-mock-${name}`] = toHeaderText(own[name] ?? '');
  return headers;
}

const longestHeader = 1000;
const unprintable = /[^\x20-\x7e]/g;

/** A header holds printable ASCII: anything else is escaped as JSON would. What is cut ends in dots. */
function toHeaderText(text: string): string {
  const escaped = text
    .slice(0, longestHeader + 1)
    .replace(unprintable, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
  return escaped.length <= longestHeader ? escaped : `${escaped.slice(0, longestHeader - 3)}...`;
}

/** What LongCat's gateway adds, as recorded on 2026-09-01; nothing unless the quirk is on. */
export function gatewayHeaders(
  quirks: QuirkSettings,
  { id, api, streamed }: { readonly id: string; readonly api: string; readonly streamed: boolean },
): Headers {
  if (!quirks['gateway-headers']) return {};
  return {
    server: 'openresty',
    'm-appkey': 'com.sankuai.friday.lap.proxy',
    ...(api === 'openai' && { 'm-spanname': 'OpenaiController.nativeChatCompletions' }),
    'm-traceid': String(BigInt.asIntN(64, BigInt(`0x${id.slice(0, 16)}`))),
    ...(!streamed && { 'mt-gateway-error': 'true' }),
  };
}
