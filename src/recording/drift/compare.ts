import { isJsonObject } from '../../exchange/json.ts';
import type { RecordedEvent, RecordedResponse } from '../cassette.ts';
import { nameEvents } from './event-name.ts';
import { absent, type DriftFinding } from './finding.ts';
import { mergeAll, type Shape, shapeOf } from './shape.ts';
import { compareShapes, listBoth } from './shape-difference.ts';
import { type Weighed, weigh } from './speech.ts';

/** How a live answer differs from a recorded one in structure: values, lengths and times do not count. */
export function compareResponses(recorded: RecordedResponse, live: RecordedResponse): Weighed {
  const [before, now] = [String(recorded.status), String(live.status)];
  if (before !== now) {
    const finding = {
      kind: 'STATUS_CHANGED',
      path: 'status',
      recorded: before,
      live: now,
    } as const;
    return { findings: [finding] };
  }
  return weigh(compareContents(recorded, live), recorded, live);
}

function compareContents(recorded: RecordedResponse, live: RecordedResponse): DriftFinding[] {
  const [before, now] = [describeContent(recorded), describeContent(live)];
  if (before !== now) return [{ kind: 'TYPE_CHANGED', path: '', recorded: before, live: now }];
  if (recorded.body !== undefined && live.body !== undefined) {
    return compareShapes(shapeOf(recorded.body), shapeOf(live.body));
  }
  return compareEvents(recorded.events ?? [], live.events ?? []);
}

function describeContent({ body, events, text }: RecordedResponse): string {
  if (events) return 'a stream of events';
  if (body !== undefined) return 'JSON';
  return text === undefined ? 'bytes' : 'a text that is no JSON';
}

/** It comes by the clock: whether and where says nothing. */
const heartbeat = 'ping';

function compareEvents(
  recorded: readonly RecordedEvent[],
  live: readonly RecordedEvent[],
): DriftFinding[] {
  const [before, now] = [mergeEvents(recorded), mergeEvents(live)];
  const compared = listBoth(before, now).flatMap(([event, shape, liveShape]): DriftFinding[] => {
    if (shape && liveShape) {
      return compareShapes(shape, liveShape).map((finding) => ({ ...finding, event }));
    }
    if (event === heartbeat) return [];
    const sides = { recorded: shape ? 'sent' : absent, live: liveShape ? 'sent' : absent };
    return [{ kind: shape ? 'REMOVED' : 'ADDED', path: '', event, ...sides }];
  });
  return [...compared, ...compareOrder([...before.keys()], [...now.keys()])];
}

/** The shape of each kind of event, in the order in which they first come. */
function mergeEvents(events: readonly RecordedEvent[]): ReadonlyMap<string, Shape> {
  return mergeAll(
    nameEvents(events).map(({ name, data, field }) => {
      // A colon is in no member’s name: the field of the frame is compared among them.
      const isNamed = field !== undefined && isJsonObject(data);
      return [name, shapeOf(isNamed ? { 'event:': field, ...data } : data)];
    }),
  );
}

/** Of those on both sides. How often each comes, and in how many turns, is the model’s choice. */
function compareOrder(recorded: readonly string[], live: readonly string[]): DriftFinding[] {
  const before = recorded.filter((event) => event !== heartbeat && live.includes(event));
  const now = live.filter((event) => before.includes(event));
  const [first, second] = [before.join(', '), now.join(', ')];
  return first === second
    ? []
    : [{ kind: 'ORDER_CHANGED', path: '', recorded: first, live: second }];
}
