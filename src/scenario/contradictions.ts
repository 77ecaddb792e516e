import { type ConnectionFault, connectionFaults } from '../exchange/delivery.ts';
import type { Match } from './match-schema.ts';
import type { Mistake, Path } from './mistake.ts';
import type { Step } from './step-schema.ts';
import { quote } from './text-test.ts';

/** Members of a step that each are well and cannot stand together. */
export function findContradictions(step: Step, match: Match, path: Path): readonly Mistake[] {
  return [
    ...findRivals(step),
    ...findLoneRaw(step),
    ...findDisorder(step),
    ...findCrossedBounds(step),
    ...findMisplacedFault(step, match),
    ...findUncheckableBody(step, match),
  ].map((mistake) => ({ ...mistake, path: [...path, ...mistake.path] }));
}

/** Everything that an answer is made of. */
const ingredients = [
  'text',
  'textFile',
  'thinking',
  'toolCalls',
  'finishReason',
  'usage',
  'stream.chunks',
] as const;

/** Who replaces whom; of two rivals the second is reported. */
const rivals: readonly (readonly [first: string, others: readonly string[], reason: string])[] = [
  ['error', [...ingredients, 'body', 'bodyFile'], 'an error is the whole answer'],
  ['body', [...ingredients, 'bodyFile'], 'a body is the whole answer'],
  ['bodyFile', ingredients, 'a body is the whole answer'],
  ['text', ['textFile', 'stream.chunks'], 'both are the text of the answer'],
  ['textFile', ['stream.chunks'], 'both are the text of the answer'],
];

function findRivals(step: Step): readonly Mistake[] {
  const has = (name: string) => readMember(step, name) !== undefined;
  return rivals
    .filter(([first]) => has(first))
    .flatMap(([first, others, reason]) =>
      others.filter(has).map((other) => ({
        path: other.split('.'),
        part: 'key' as const,
        message: `"${other}" cannot stand beside "${first}": ${reason}`,
        fix: 'Keep one of the two.',
      })),
    );
}

function readMember(step: Step, name: string): unknown {
  return name === 'stream.chunks' ? step.stream?.chunks : step[name as keyof Step]; // the names above
}

function findLoneRaw({ raw, body, bodyFile }: Step): readonly Mistake[] {
  if (raw === undefined || body !== undefined || bodyFile !== undefined) return [];
  const fix = 'Add "body" or "bodyFile", or remove "raw".';
  return [{ path: ['raw'], part: 'key', message: '"raw" without a body', fix }];
}

function findDisorder({ stream }: Step): readonly Mistake[] {
  const mistakes: Mistake[] = [];
  let latest = 0;
  for (const [index, chunk] of (stream?.chunks ?? []).entries()) {
    if (typeof chunk === 'string' || chunk.atMs === undefined) continue;
    if (chunk.atMs < latest) {
      const path = ['stream', 'chunks', index, 'atMs'];
      const message = `Invalid atMs ${chunk.atMs}: a chunk before it leaves at ${latest}`;
      mistakes.push({ path, message, fix: 'Let the times ascend.' });
    }
    latest = Math.max(latest, chunk.atMs);
  }
  return mistakes;
}

function findCrossedBounds({ delay }: Step): readonly Mistake[] {
  if (typeof delay !== 'object' || delay.type !== 'uniform') return [];
  const { lower, upper } = delay;
  if (lower <= upper) return [];
  const message = `Invalid lower ${lower}: it is above upper, which is ${upper}`;
  return [{ path: ['delay', 'lower'], message, fix: 'Exchange the two.' }];
}

function findMisplacedFault(step: Step, match: Match): readonly Mistake[] {
  if (step.fault === undefined) return [];
  const path = typeof step.fault === 'string' ? ['fault'] : ['fault', 'type'];
  const fault = typeof step.fault === 'string' ? { type: step.fault } : step.fault;
  const { type } = fault;
  const stray = findStrayMember(fault);
  if (isConnectionFault(type)) return stray;
  if (step.error !== undefined) {
    const message = `${type} cannot stand beside "error": an error is not streamed`;
    return [{ path, message, fix: 'Keep one of the two.' }, ...stray];
  }
  if (match.stream === true) return stray;
  const message = `${type} needs a stream, and this fixture also answers whole requests`;
  return [{ path, message, fix: 'Add "stream: true" to its "match".' }, ...stray];
}

type FaultObject = Exclude<NonNullable<Step['fault']>, string>;

function findStrayMember({ type, afterChunks, error }: FaultObject): readonly Mistake[] {
  // A reset is also what a stream can meet halfway; the others replace the answer.
  const early = isConnectionFault(type) && type !== 'CONNECTION_RESET_BY_PEER';
  const strays = [
    ...(early && afterChunks !== undefined
      ? [['afterChunks', `${type} comes before any chunk`] as const]
      : []),
    ...(error !== undefined && type !== 'STREAM_ERROR_EVENT'
      ? [['error', `${type} reports no error`] as const]
      : []),
  ];
  return strays.map(([name, reason]) => ({
    path: ['fault', name],
    part: 'key',
    message: `"${name}" has no meaning here: ${reason}`,
    fix: 'Remove it.',
  }));
}

function isConnectionFault(type: string): type is ConnectionFault {
  return connectionFaults.some((fault) => fault === type);
}

/** A body of its own is one answer on one format, and has to fit the schema of that. */
function findUncheckableBody(step: Step, match: Match): readonly Mistake[] {
  const { body, bodyFile, error, raw = false, status = 200 } = step;
  if (body === undefined && bodyFile === undefined) return [];
  if (raw || error !== undefined || status >= 400) return [];
  const missing = [
    ...(match.api === undefined || match.api === 'any' ? ['api: openai (or anthropic)'] : []),
    ...(match.stream === false ? [] : ['stream: false']),
  ];
  if (missing.length === 0) return [];
  const name = body === undefined ? 'bodyFile' : 'body';
  const message = `"${name}" is a whole answer on one format, and this fixture matches others too`;
  const added = missing.map(quote).join(' and ');
  const fix = `Add ${added} to its "match", or "raw: true" to send the body unchecked.`;
  return [{ path: [name], part: 'key', message, fix }];
}
