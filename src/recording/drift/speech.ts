import { isJsonObject, type JsonValue } from '../../exchange/json.ts';
import type { RecordedResponse } from '../cassette.ts';
import type { DriftFinding } from './finding.ts';

/** What a model may say, or not, to the same request. */
type Speech = 'text' | 'reasoning' | 'calls';

/** By the path, block or event that holds it. */
const speeches: Readonly<Record<string, Speech>> = {
  'choices[].message.tool_calls': 'calls',
  'choices[].message.reasoning_content': 'reasoning',
  'choices[].delta.tool_calls': 'calls',
  'choices[].delta.reasoning_content': 'reasoning',
  'choices[].delta.content': 'text',
  text: 'text',
  thinking: 'reasoning',
  tool_use: 'calls',
  'content_block_start/text': 'text',
  'content_block_start/thinking': 'reasoning',
  'content_block_start/tool_use': 'calls',
  'content_block_stop/text': 'text',
  'content_block_stop/thinking': 'reasoning',
  'content_block_stop/tool_use': 'calls',
  'content_block_delta/text_delta': 'text',
  'content_block_delta/thinking_delta': 'reasoning',
  'content_block_delta/signature_delta': 'reasoning',
  'content_block_delta/input_json_delta': 'calls',
};

export interface Weighed {
  readonly findings: readonly DriftFinding[];
  /** What could not be compared, and why, in a sentence. */
  readonly unchecked?: string;
}

/**
 * Leaves out what is not the API’s doing but the model’s: words beside a tool call, and, when the
 * two answers ended for different reasons, that one has calls and the other text. What was
 * recorded and has no counterpart then is told as unchecked.
 */
export function weigh(
  findings: readonly DriftFinding[],
  recorded: RecordedResponse,
  live: RecordedResponse,
): Weighed {
  const [before, now] = [readStops(recorded), readStops(live)];
  const endedAlike = before === now;
  const isCall = /tool_calls|tool_use/.test(before) && endedAlike;
  const isChoice = (finding: DriftFinding) => {
    const speech = readSpeech(finding);
    return speech !== undefined && (isCall ? speech === 'text' : !endedAlike);
  };
  const kept = findings.filter((finding) => !isChoice(finding));
  const missing = findings.filter((finding) => finding.kind === 'REMOVED' && isChoice(finding));
  if (endedAlike || missing.length === 0) return { findings: kept };
  const unchecked = `The model answered otherwise: the recorded answer ended with ${before}, the live one with ${now}, and has no ${readSpeech(missing[0])} to compare.`;
  return { findings: kept, unchecked };
}

function readSpeech(finding: DriftFinding | undefined): Speech | undefined {
  if (finding?.kind !== 'ADDED' && finding?.kind !== 'REMOVED') return undefined;
  const { path, event, block } = finding;
  if (event !== undefined) return path === '' ? speeches[event] : undefined;
  if (block !== undefined) return path === 'content[]' ? speeches[block] : undefined;
  return speeches[path];
}

/** Why the answer ended, as each of its choices says. */
function readStops({ body, events = [] }: RecordedResponse): string {
  const sources = [body, ...events.map(({ data }) => data)];
  const stops = new Set(sources.flatMap(listStops));
  return [...stops].map((stop) => `"${stop}"`).join(', ') || 'no reason';
}

function listStops(data: JsonValue | undefined): string[] {
  if (!isJsonObject(data)) return [];
  const { choices, delta, stop_reason: whole } = data;
  const own = Array.isArray(choices) ? choices.filter(isJsonObject) : [];
  const streamed = isJsonObject(delta) ? delta['stop_reason'] : undefined;
  return [...own.map((choice) => choice['finish_reason']), whole, streamed].filter(
    (stop) => typeof stop === 'string',
  );
}
