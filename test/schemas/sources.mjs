import { generateSchemas } from './generated.mjs';
import { hostile } from './hostile.mjs';
import { readDefinitions, readFiles, readOperations, readRules } from './packages.mjs';
import { readSuite } from './suite.mjs';
import { readTools } from './tools.mjs';

const plugins = ['@typescript-eslint/eslint-plugin', 'eslint-plugin-jsdoc'];

/** Where schemas come from. Those of packages are fetched, never kept. */
export const sources = {
  'test suite 2020-12': () => readSuite('draft2020-12'),
  'test suite draft 7': () => readSuite('draft7', 'http://json-schema.org/draft-07/schema#'),
  'MCP servers': readTools,
  'GitHub webhooks': () => readDefinitions('@octokit/webhooks-schemas/schema.json'),
  'OpenAPI operations': () => [
    ...readOperations('@figma/rest-api-spec/openapi/openapi.yaml'),
    ...readOperations('@notionhq/notion-mcp-server/scripts/notion-openapi.json'),
  ],
  'ESLint rules': () =>
    readRules([
      'eslint/use-at-your-own-risk',
      ...plugins,
      'eslint-plugin-unicorn',
      'eslint-plugin-vue',
    ]),
  'tool settings': () => [
    ...readFiles('webpack/schemas', () => true),
    ...readFiles('@schematics/angular', (file) => file.endsWith('schema.json')),
  ],
  'document formats': () => [
    ...readFiles('@cyclonedx/cyclonedx-library/res/schema', () => true),
    ...readFiles('@asyncapi/specs/schemas', (file) => file.includes('without')),
  ],
  generated: generateSchemas,
  hostile: () => hostile,
};
