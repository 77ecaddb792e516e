import type { Operation } from '../../admin/operation.ts';
import { adminOperations, type OperationId } from '../../admin/operations.ts';
import { listNamed } from '../../scenario/registry.ts';
import { createConverter } from '../components.ts';
import { referTo } from '../reference.ts';
import { bodyExamples } from './examples.ts';
import { buildParameters } from './parameters.ts';
import { buildAdminResponses } from './responses.ts';

export const tags = [
  { name: 'Mock', description: 'The mock itself.' },
  { name: 'Fixtures', description: 'Which requests get which answers.' },
  { name: 'Scenarios', description: 'Sets of fixtures that sessions select, and their states.' },
  { name: 'Sessions', description: 'What belongs to one test: its choice, its clock, its state.' },
  { name: 'Requests', description: 'What was asked and answered, and why.' },
  { name: 'Recordings', description: 'What is recorded of an upstream, and replayed.' },
] as const;

/** By the first word of the path. */
const tagOf: Readonly<Record<string, (typeof tags)[number]['name']>> = {
  fixtures: 'Fixtures',
  scenarios: 'Scenarios',
  sessions: 'Sessions',
  clock: 'Sessions',
  requests: 'Requests',
  'near-misses': 'Requests',
  verify: 'Requests',
  recordings: 'Recordings',
};

const entries = Object.entries(adminOperations) as readonly (readonly [OperationId, Operation])[]; // Object.entries widens to string

export function buildAdminPaths(): object {
  const convert = createConverter(listNamed());
  const paths = [...new Set(entries.map(([, { path }]) => path))];
  return Object.fromEntries(
    paths.map((path) => [
      path,
      Object.fromEntries(
        entries
          .filter(([, operation]) => operation.path === path)
          .map(([id, operation]) => [
            operation.method.toLowerCase(),
            buildOperation(id, { operation, convert }),
          ]),
      ),
    ]),
  );
}

interface Building {
  readonly operation: Operation;
  readonly convert: ReturnType<typeof createConverter>;
}

function buildOperation(id: OperationId, { operation, convert }: Building): object {
  const { path, summary, description, body } = operation;
  const [, , word = ''] = path.split('/');
  const parameters = buildParameters(operation, convert);
  return {
    operationId: id,
    summary,
    description,
    tags: [tagOf[word] ?? 'Mock'],
    ...(parameters.length > 0 && { parameters }),
    ...(body && { requestBody: buildRequestBody(id, body) }),
    responses: buildAdminResponses(id, operation),
  };
}

function buildRequestBody(id: OperationId, body: NonNullable<Operation['body']>): object {
  const { description } = listNamed().find(({ schema }) => schema === body) ?? {};
  return {
    // The mock takes a body that is not there for an empty object.
    required: !body.safeParse({}).success,
    description: description ?? 'In the format of fixture files, as JSON.',
    content: { 'application/json': { schema: referTo(body), examples: bodyExamples[id] } },
  };
}
