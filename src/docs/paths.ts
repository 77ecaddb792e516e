/** What the mock serves of itself: a table, so that no file is named by a request. */
export const docsPaths = [
  '/openapi.json',
  '/openapi.yaml',
  '/docs',
  '/docs/',
  '/docs/admin',
  '/docs/page.css',
  '/docs/page.js',
  '/docs/swagger-ui.css',
  '/docs/swagger-ui.js',
] as const;

export type DocsPath = (typeof docsPaths)[number];
