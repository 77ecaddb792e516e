import { type Operation, operations } from '../contract/operations.ts';
import { type OperationExamples, operationExamples } from './examples.ts';
import { referTo } from './reference.ts';
import { buildResponses } from './responses.ts';
import { toPascalCase } from './schema.ts';

type OperationId = keyof typeof operations;

export const docs = 'https://longcat.chat/platform/docs/';

/** The groups that reference pages show, and that code generators make classes of. */
export const tags = [
  {
    name: 'Chat',
    description: 'Conversations in the OpenAI format, for clients made for OpenAI.',
    externalDocs: { url: `${docs}api/chat.html`, description: 'LongCat docs, Chat Completions' },
  },
  {
    name: 'Messages',
    description: 'Conversations in the Anthropic format, for clients made for Anthropic.',
    externalDocs: { url: `${docs}api/messages`, description: 'LongCat docs, Messages' },
  },
  {
    name: 'Models',
    description: 'What the key may use.',
    externalDocs: { url: `${docs}api/model`, description: 'LongCat docs, Models' },
  },
] as const;

const tagOf: Readonly<Record<OperationId, (typeof tags)[number]['name']>> = {
  createChatCompletion: 'Chat',
  createMessage: 'Messages',
  listModels: 'Models',
  getModel: 'Models',
};

/** A path item for each path of each operation: aliases are operations of their own. */
export function buildPaths(): object {
  const ids = Object.keys(operations) as OperationId[]; // Object.keys widens to string
  return Object.fromEntries(
    ids.flatMap((id) =>
      operations[id].paths.map((path) => [path, buildPathItem(id, path)] as const),
    ),
  );
}

function buildPathItem(id: OperationId, path: string): object {
  const operation: Operation = operations[id];
  const examples = operationExamples[id];
  return {
    ...(path.includes('{model}') && { parameters: [modelParameter] }),
    [operation.method.toLowerCase()]: {
      operationId: nameAlias(operation, path),
      summary: operation.summary,
      description: describe(operation, path),
      tags: [tagOf[id]],
      'x-provenance': operation.provenance,
      'x-quirks': operation.quirks,
      ...(operation.request && { requestBody: buildRequestBody(operation.request, examples) }),
      responses: buildResponses(operation, examples),
    },
  };
}

function describe({ description, paths }: Operation, path: string): string {
  const [first] = paths;
  return path === first ? description : `As \`${first}\`. ${description}`;
}

const modelParameter = {
  name: 'model',
  in: 'path',
  required: true,
  description: 'The exact, case-sensitive name of a model.',
  schema: { type: 'string' },
  example: 'LongCat-2.0',
};

/** The operation's own id on its first path; elsewhere with what sets that path apart. */
function nameAlias({ id, paths }: Operation, path: string): string {
  const [format] = path.split('/').filter(Boolean);
  const [first] = paths[0].split('/').filter(Boolean);
  const ofFormat = format === first ? '' : toPascalCase(format ?? '');
  const ofVersion = path.includes('/v1/') ? '' : 'WithoutVersion';
  return `${id}${ofFormat}${ofVersion}`;
}

function buildRequestBody(
  schema: NonNullable<Operation['request']>,
  examples: OperationExamples,
): object {
  return {
    required: true,
    description: 'The conversation, and how to answer it.',
    content: { 'application/json': { schema: referTo(schema), examples: examples.request } },
  };
}
