import type { Operation } from '../../admin/operation.ts';
import type { OperationId } from '../../admin/operations.ts';
import { type RefusalName, refusals } from '../../admin/refusals.ts';
import { ErrorAnswer } from '../../admin/schema/common.ts';
import { listNamed } from '../../scenario/registry.ts';
import { referTo } from '../reference.ts';
import { answerExamples } from './examples.ts';

/** The answers and refusals of an operation, by status. */
export function buildAdminResponses(id: OperationId, operation: Operation): object {
  const answers = Object.entries(operation.answers).map(([status, schema]) => {
    const { description } = listNamed().find((named) => named.schema === schema) ?? {};
    const examples = answerExamples[id][Number(status)];
    return [status, { description, content: json({ schema: referTo(schema), examples }) }];
  });
  const names = listRefusals(operation);
  const statuses = [...new Set(names.map((name) => refusals[name].status))];
  const refused = statuses.map((status) => [status, buildRefusal(status, names)]);
  return Object.fromEntries([...answers, ...refused]);
}

/** Those of the operation, and those that any of its kind may answer. */
export function listRefusals(operation: Operation): readonly RefusalName[] {
  const { method, query, body, refusals: own = [] } = operation;
  return [
    ...(query || body ? (['invalid_request'] as const) : []),
    'unauthorized',
    'origin_not_allowed',
    ...(method === 'GET' ? [] : (['request_too_large'] as const)),
    ...own,
    'internal_error',
  ];
}

function buildRefusal(status: number, names: readonly RefusalName[]): object {
  const ofStatus = names.filter((name) => refusals[name].status === status);
  const examples = ofStatus.map((name) => {
    const { message, reason, ...rest } = refusals[name];
    const code = 'code' in rest ? rest.code : name;
    return [name, { summary: reason.replace(/\.$/, ''), value: { error: { code, message } } }];
  });
  return {
    description: ofStatus.map((name) => refusals[name].reason).join(' '),
    content: json({ schema: referTo(ErrorAnswer), examples: Object.fromEntries(examples) }),
  };
}

function json(media: object): object {
  return { 'application/json': media };
}
