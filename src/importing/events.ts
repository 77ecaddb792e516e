/** One server-sent event. */
export interface SentEvent {
  readonly event: string;
  readonly data: string;
}

/**
 * The events of a stream that was kept as one text. Unlike a browser, it takes the last one even
 * without the blank line after it: a capture may end there.
 */
export function readEvents(text: string): readonly SentEvent[] {
  const events: SentEvent[] = [];
  let event = '';
  let data: string[] = [];
  for (const line of [...text.replace(/^\uFEFF/, '').split(/\r\n|\n|\r/), '']) {
    if (line === '') {
      if (data.length > 0) events.push({ event, data: data.join('\n') });
      event = '';
      data = [];
      continue;
    }
    const [, name, value = ''] = /^([^:]*)(?:: ?(.*))?$/s.exec(line) ?? [];
    if (name === 'data') data.push(value);
    if (name === 'event') event = value;
  }
  return events;
}

/** Whether a text is a stream of events, where no header tells. */
export function looksLikeEvents(text: string): boolean {
  return /^\uFEFF?\s*(?::[^\n]*\n\s*)*(?:data|event): ?/.test(text);
}
