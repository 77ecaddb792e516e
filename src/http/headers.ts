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

const written = ownNames.map((name) => ({ name, header: `x-longcat-mock-${name}` }));

export const ownHeaderNames = written.map(({ header }) => header);

type Headers = Readonly<Record<string, string>>;

/** What the mock tells of itself: values by their headers' names without the common prefix. */
export type OwnFacts = Readonly<Partial<Record<(typeof ownNames)[number], string | undefined>>>;

/** The mock's own headers; none under `--strict-contract`. */
export function ownHeaders(
  { strictContract }: Pick<AppSettings, 'strictContract'>,
  own: OwnFacts,
): Headers {
  const headers: Record<string, string> = {};
  if (strictContract) return headers;
  for (const { name, header } of written) {
    const value = own[name];
    if (value !== undefined) headers[header] = toHeaderText(value);
  }
  return headers;
}

const longestHeader = 1000;
const printable = /^[\x20-\x7e]*$/;
const unprintable = /[^\x20-\x7e]/g;

/** A header holds printable ASCII: anything else is escaped as JSON would. What is cut ends in dots. */
function toHeaderText(text: string): string {
  if (text.length <= longestHeader && printable.test(text)) return text;
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
