import { errorCatalogue, mockErrorNames } from '../../contract/errors.ts';
import { listNamed } from '../../scenario/registry.ts';
import { buildComponents, type Components } from '../components.ts';
import { contact, type DocumentOptions } from '../document.ts';
import { occasions } from '../examples/errors.ts';
import { buildAdminPaths, tags } from './paths.ts';
import { keepReachable } from './reachable.ts';

const defaultServers = [
  { url: 'http://127.0.0.1:4010', description: 'longcat-mock at its default address' },
];

/** The admin API as an OpenAPI 3.1 document. */
export function buildAdminDocument({ version, servers = defaultServers }: DocumentOptions): object {
  const paths = buildAdminPaths();
  const components: Components = buildComponents(listNamed());
  return {
    openapi: '3.1.0',
    info: {
      title: 'longcat-mock admin API',
      version,
      summary: 'Steers a running mock, and tells what it was asked',
      description,
      contact,
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers,
    security: [{}, { token: [] }, { bearer: [] }],
    tags,
    paths,
    components: {
      schemas: keepReachable(components, paths),
      securitySchemes: { token, bearer },
    },
    'x-longcat-mock-refusals': describeRefusals(),
  };
}

const words = 'The admin token, where the mock was given one.';
const token = {
  type: 'apiKey',
  in: 'header',
  name: 'x-longcat-mock-admin-token',
  description: words,
};
const bearer = { type: 'http', scheme: 'bearer', description: words };

/** What the mock itself says on LongCat’s routes. */
function describeRefusals(): object {
  const entries = mockErrorNames.map((name) => {
    const { status, body } = errorCatalogue[name];
    return [name, { status, when: `${occasions[name]}.`, body }];
  });
  return Object.fromEntries(entries);
}

const description = `Everything under \`/__admin\`: fixtures, scenarios, sessions, the requests that came, and the mock itself. Bodies are JSON. Every refusal has the shape of \`ErrorAnswer\`; a route that does not exist is a 404 that names the nearest one, a method that a route does not have is a 405.

A mock that is reachable from other machines wants its admin token with every request. Web pages of another origin are refused.

On LongCat’s own routes the mock refuses, for itself, what \`x-longcat-mock-refusals\` lists: in LongCat’s envelope, with \`x-should-retry: false\`, so that a test fails at once. They are listed here and not in the document of LongCat’s API, which is the contract that clients are made from: LongCat never sends them.
`;
