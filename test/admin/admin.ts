import type { z } from 'zod/v3';
import { adminOperations, type OperationId } from '../../src/admin/operations.ts';
import { ErrorAnswer } from '../../src/admin/schema/common.ts';
import type { LongCatMock } from '../../src/index.ts';
import { checkDocumented } from './documented.ts';

type Definition<Id extends OperationId> = (typeof adminOperations)[Id];
type Answers<Id extends OperationId> = Definition<Id>['answers'];
type Body<Id extends OperationId> = Answers<Id>[keyof Answers<Id>] extends infer Schema
  ? Schema extends z.ZodTypeAny
    ? z.output<Schema>
    : never
  : never;

export interface Asking {
  /** The `{id}` or `{name}` of the path. */
  readonly id?: string;
  readonly query?: Record<string, string>;
  readonly body?: unknown;
  readonly headers?: Record<string, string>;
  readonly signal?: AbortSignal;
}

type Mock = Pick<LongCatMock, 'fetch'> | { readonly url: string };

/** The answer as it came, which the document of the admin API has to foresee. */
export async function send(mock: Mock, id: OperationId, asking: Asking = {}): Promise<Response> {
  const { method, path } = adminOperations[id];
  const query = new URLSearchParams(asking.query);
  const filled = path.replace(/\{\w+\}/, encodeURIComponent(asking.id ?? ''));
  const target = `${filled}${query.size > 0 ? `?${query}` : ''}`;
  const { body, headers = {}, signal } = asking;
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const request = { method, headers, signal, ...(text !== undefined && { body: text }) };
  const response =
    'url' in mock
      ? await fetch(`${mock.url}${target}`, request)
      : await mock.fetch(`http://localhost${target}`, request);
  checkDocumented(id, response.status, await response.clone().json());
  return response;
}

/** What an operation answers, parsed by its own schema. */
export async function call<Id extends OperationId>(
  mock: Mock,
  id: Id,
  asking: Asking = {},
): Promise<{ readonly status: number; readonly body: Body<Id> }> {
  const response = await send(mock, id, asking);
  const { status } = response;
  const answers: Readonly<Record<number, z.ZodTypeAny>> = adminOperations[id].answers;
  const schema = answers[status];
  const body: unknown = await response.json();
  if (!schema) throw new Error(`${id} answered ${status}: ${JSON.stringify(body)}`);
  if (response.headers.get('x-content-type-options') !== 'nosniff') throw new Error('sniffed');
  return { status, body: schema.parse(body) };
}

/** What an operation refuses with. */
export async function refuse(
  mock: Mock,
  id: OperationId,
  asking: Asking = {},
): Promise<{ readonly status: number } & ErrorAnswer['error']> {
  return readRefusal(await send(mock, id, asking));
}

export async function readRefusal(
  response: Response,
): Promise<{ readonly status: number } & ErrorAnswer['error']> {
  if (response.headers.get('x-content-type-options') !== 'nosniff') throw new Error('sniffed');
  const { error } = ErrorAnswer.parse(await response.json());
  return { status: response.status, ...error };
}

export function textFixture(id: string, text: string, match: object = {}) {
  return { id, match, respond: { text } };
}

/** A session by its header. */
export function as(session: string) {
  return { 'x-longcat-mock-session': session };
}
