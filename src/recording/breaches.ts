import type { ZodIssue, ZodTypeAny } from 'zod/v3';
import { ErrorBody, WafBody } from '../contract/errors.ts';
import { operations } from '../contract/operations.ts';
import type { JsonValue } from '../exchange/json.ts';
import type { RecordedResponse, Recording } from './cassette.ts';
import { nameEvents } from './drift/event-name.ts';
import { listRedacted } from './drift/redacted.ts';

export type Endpoint = Recording['endpoint'];

const operationOf = {
  'chat.completions': operations.createChatCompletion,
  messages: operations.createMessage,
} as const satisfies Record<Endpoint, unknown>;

/** Where an answer is not as the contract has it. */
export interface Breach {
  readonly path: string;
  readonly event?: string;
  readonly message: string;
}

/** Each place once, whatever the number of events or items that break it. */
export function listBreaches(
  endpoint: Endpoint,
  response: RecordedResponse,
): ReadonlyMap<string, Breach> {
  const { response: whole, streamEvent } = operationOf[endpoint];
  const { status, body, events = [] } = response;
  const schema = status < 400 ? whole : status === WafBody.shape.status.value ? WafBody : ErrorBody;
  const breaches = [
    ...(body === undefined ? [] : check(schema, body)),
    ...nameEvents(events).flatMap(({ name: event, data }) =>
      typeof data === 'string'
        ? []
        : check(streamEvent, data).map((breach) => ({ ...breach, event })),
    ),
  ];
  return new Map(
    breaches.map((breach) => [`${breach.event ?? ''} ${breach.path}`, breach] as const).reverse(),
  );
}

function check(schema: ZodTypeAny, value: JsonValue): Breach[] {
  const parsed = schema.safeParse(value);
  if (parsed.success) return [];
  return parsed.error.issues
    .flatMap(closest)
    .filter(({ path }) => listRedacted(valueAt(path, value)).length === 0)
    .flatMap(explain);
}

/** Of alternatives, the one with the fewest complaints. */
function closest(issue: ZodIssue): ZodIssue[] {
  if (issue.code !== 'invalid_union') return [issue];
  const branches = issue.unionErrors.map((error) => error.issues.flatMap(closest));
  return branches.toSorted((left, right) => left.length - right.length)[0] ?? [];
}

function explain(issue: ZodIssue): Breach[] {
  const path = showPath(issue.path);
  if (issue.code !== 'unrecognized_keys') return [{ path, message: issue.message }];
  return issue.keys.map((key) => ({
    path: path === '' ? key : `${path}.${key}`,
    message: 'unknown to it',
  }));
}

function showPath(path: readonly (string | number)[]): string {
  const steps = path.map((step) => (typeof step === 'number' ? '[]' : `.${step}`));
  return steps.join('').replace(/^\./, '');
}

function valueAt(path: readonly (string | number)[], body: JsonValue): JsonValue {
  return path.reduce<JsonValue>((value, step) => {
    const isInside = typeof value === 'object' && value !== null && Object.hasOwn(value, step);
    return isInside ? ((Reflect.get(value, step) as JsonValue | undefined) ?? null) : null;
  }, body);
}
