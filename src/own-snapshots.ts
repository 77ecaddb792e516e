import type { FixtureSnapshot, Snapshots } from './admin/settings.ts';
import type { Call } from './importing/call.ts';
import type { Leftover } from './importing/leftover.ts';
import type { Options } from './options.ts';
import { readManner } from './own-cassettes.ts';
import type { Deck } from './recording/deck.ts';
import { decodeUtf8, joinBytes } from './recording/encoding.ts';
import type { CleanExchange } from './recording/exchange.ts';
import { playBack } from './recording/playback.ts';
import { cleanExchanges, makeCassette } from './recording/snapshot.ts';
import { rehearse } from './rehearse.ts';

/** Turns what a journal holds into cassettes and fixtures. */
export function createSnapshots(options: Options, deck: Deck | undefined): Snapshots {
  return {
    async clean(exchanges) {
      const { secrets } = await readManner(options);
      return cleanExchanges(exchanges, secrets);
    },

    async toCassette(exchanges, name) {
      if (deck && name !== undefined) return deck.insert(name, exchanges);
      const { heading, rules } = await readManner(options);
      return { cassette: await makeCassette(exchanges, { ...heading, match: rules }) };
    },

    toFixtures,
  };
}

/** As messages name it. */
const file = 'journal';

async function toFixtures(
  exchanges: readonly CleanExchange[],
  session: string,
): Promise<FixtureSnapshot> {
  const [{ importCalls }, { settle }, { slug }] = await Promise.all([
    import('./importing/calls.ts'),
    import('./importing/settle.ts'),
    import('./importing/slug.ts'),
  ]);
  const { drafts, leftovers, notices } = importCalls(exchanges.map(toCall), { file });
  const settled = await settle(drafts, {
    file,
    format: 'json',
    prefix: slug(session),
    description: `What session "${session}" was answered.`,
    checkStep: rehearse,
  });
  const lost = [...leftovers, ...settled.leftovers];
  return {
    fixtures: JSON.parse(settled.text ?? '{"version":1,"fixtures":[]}'),
    leftovers: lost.map((leftover) => toLoss(leftover, exchanges)),
    notices: [...notices, ...settled.warnings.map(({ message }) => `${message}.`)],
  };
}

function toCall({ id, api, body, response }: CleanExchange, index: number): Call {
  const { status, headers, chunks } = playBack(response);
  const text = decodeUtf8(joinBytes(chunks.map(({ bytes }) => bytes))) ?? '';
  return {
    entry: `entry ${index + 1}`,
    target: `request ${id}`,
    api,
    request: body,
    answer: { status, headers, body: text },
  };
}

/** Entries are known by their numbers, requests by their ids. */
function toLoss({ entry, what, why }: Leftover, exchanges: readonly CleanExchange[]) {
  const numbers = entry.match(/\d+/g) ?? [];
  const requests = numbers.flatMap((number) => exchanges[Number(number) - 1]?.id ?? []);
  return { requests, what, why };
}
