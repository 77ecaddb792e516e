import type { Entry, Note } from './entry.ts';

/** An entry in two chains: of all entries, and of those of its session. */
export interface Link {
  readonly note: Note | Entry;
  /** What became known of its answer since. */
  changes: Partial<Entry> | undefined;
  bytes: number;
  readonly drawer: Drawer;
  older: Link | undefined;
  newer: Link | undefined;
  /** The next of its session. */
  next: Link | undefined;
}

/** One session's part. */
export interface Drawer {
  /** How many were ever put into it. */
  seen: number;
  kept: number;
  oldest?: Link | undefined;
  newest?: Link | undefined;
}

/** All that is kept, in the order in which it came. */
export interface Chain {
  kept: number;
  bytes: number;
  oldest?: Link | undefined;
  newest?: Link | undefined;
}

/*
 * Chains and not the order of a Map: once many entries have left a Map, its first key takes long
 * to find.
 */

export function append(chain: Chain, link: Link): void {
  const { drawer } = link;
  link.older = chain.newest;
  if (chain.newest) chain.newest.newer = link;
  else chain.oldest = link;
  chain.newest = link;
  if (drawer.newest) drawer.newest.next = link;
  else drawer.oldest = link;
  drawer.newest = link;
  drawer.seen += 1;
  drawer.kept += 1;
  chain.kept += 1;
  chain.bytes += link.bytes;
}

/** Takes the oldest of a session out of both chains, and returns it. */
export function takeOldest(chain: Chain, drawer: Drawer): Link | undefined {
  const link = drawer.oldest;
  if (!link) return undefined;
  drawer.oldest = link.next;
  if (!link.next) drawer.newest = undefined;
  if (link.older) link.older.newer = link.newer;
  else chain.oldest = link.newer;
  if (link.newer) link.newer.older = link.older;
  else chain.newest = link.older;
  drawer.kept -= 1;
  chain.kept -= 1;
  chain.bytes -= link.bytes;
  return link;
}
