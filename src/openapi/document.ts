import { quirks } from '../contract/quirks.ts';
import { listRegistrations } from '../contract/registry.ts';
import { buildComponents } from './components.ts';
import { buildPaths, docs, tags } from './paths.ts';

export interface Server {
  readonly url: string;
  readonly description?: string;
}

export interface DocumentOptions {
  /** Of this project, which is also the version of the contract. */
  readonly version: string;
  readonly servers?: readonly Server[];
}

const defaultServers: readonly Server[] = [
  { url: 'https://api.longcat.chat', description: 'LongCat' },
  { url: 'http://127.0.0.1:4010', description: 'longcat-mock at its default address' },
];

/** The contract as an OpenAPI 3.1 document. */
export function buildDocument({ version, servers = defaultServers }: DocumentOptions): object {
  return {
    openapi: '3.1.0',
    info: {
      title: 'LongCat API',
      version,
      summary: 'Meituan’s LongCat models, in the formats of OpenAI and Anthropic',
      description,
      contact,
      license: { name: 'MIT', identifier: 'MIT' },
    },
    externalDocs: { url: docs, description: 'LongCat’s own documentation' },
    servers,
    security: [{ apiKey: [] }],
    tags,
    paths: buildPaths(),
    components: {
      schemas: buildComponents(listRegistrations()),
      securitySchemes: { apiKey },
    },
    'x-quirks': quirks,
  };
}

export const contact = {
  name: 'longcat-mock',
  url: 'https://www.npmjs.com/package/longcat-mock',
} as const;

const apiKey = {
  type: 'http',
  scheme: 'bearer',
  description:
    'An API key of the LongCat API Platform, on both formats. A key in `x-api-key` alone is answered with 401.',
};

const description = `The contract that longcat-mock answers by, for authors of clients. It was not published by LongCat.

Every schema, operation and error says in \`x-provenance\` where it was learned:

- \`documented\`: in LongCat’s published documentation;
- \`observed\`: in recorded traffic, by a probe, or in a body quoted in a public issue;
- \`sdk\`: from what the official OpenAI and Anthropic clients send or read, where LongCat is silent;
- \`assumed\`: our best guess, from the serving engine or by analogy.

Where sources disagree, observed wins over documented, and documented over assumed. Answers are closed: they have the listed members and no others. Requests are open: LongCat accepts members that are not listed, and ignores them.

The schema of a streamed answer describes the payload of one server-sent event: what follows \`data: \`, up to the blank line. A chat stream names no events and ends with \`data: [DONE]\`, which is not JSON. A message stream names each event in an \`event: \` line, by the \`type\` of its payload, and ends with \`message_stop\`. A refused request is answered with a status and a JSON body, whether or not it asked for a stream; an error after that is the last event of the stream.

LongCat sends no \`Retry-After\` header, which the official clients would obey: the seconds to wait are in the body, as \`retry_after\`.

\`x-quirks\` lists switches of the mock that add or remove members; a schema names those that touch it. The examples show the defaults. What longcat-mock says for itself, such as that no fixture matched, is no part of this contract: \`openapi/admin.yaml\` lists it.
`;
