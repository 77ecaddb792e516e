import type { WireEvent } from '../dialect/dialect.ts';
import type { Fault } from '../exchange/delivery.ts';
import { type Frame, hasContent, writeFrame } from './frame.ts';

/** What happens after the last frame: the stream ends, goes silent, or the connection is reset. */
export type Ending = 'close' | 'stall' | 'reset';

export interface Cut {
  readonly frames: readonly Frame[];
  readonly ending: Ending;
}

/** A stream as a fault leaves it; `error` is the event that reports one in mid-stream. */
export function cutStream(events: readonly WireEvent[], fault: Fault, error: WireEvent): Cut {
  const at = findFault(events, fault.afterChunks);
  const sent = events.slice(0, at);
  switch (fault.type) {
    case 'STREAM_TRUNCATE':
      return { frames: sent, ending: 'close' };
    case 'STREAM_STALL':
      return { frames: sent, ending: 'stall' };
    case 'CONNECTION_RESET_BY_PEER':
      return { frames: sent, ending: 'reset' };
    case 'STREAM_ERROR_EVENT':
      return { frames: [...sent, error], ending: 'close' };
    case 'STREAM_MALFORMED_EVENT':
      return { frames: [...sent, breakFrame(events[at]), ...events.slice(at)], ending: 'close' };
    case 'STREAM_NO_DONE':
      return { frames: events.slice(0, -1), ending: 'close' };
    default:
      return { frames: events, ending: 'close' };
  }
}

/** Right after so many frames with content, and before all that follows them. */
function findFault(events: readonly WireEvent[], afterChunks: number): number {
  const contents = events.flatMap((event, index) => (hasContent(event) ? [index] : []));
  if (afterChunks === 0) return contents[0] ?? events.length - 1;
  const last = contents[afterChunks - 1] ?? contents.at(-1) ?? events.length - 2;
  return last + 1;
}

/** An event whose JSON stops half way, though its frame does not. */
function breakFrame(event: WireEvent | undefined): string {
  const frame = writeFrame(event ?? { data: {} });
  return `${frame.slice(0, frame.indexOf('data: ') + 'data: '.length + 12)}\n\n`;
}
