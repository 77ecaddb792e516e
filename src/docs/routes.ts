import { type Context, Hono, type MiddlewareHandler } from 'hono';
import { etag } from 'hono/etag';
import { type Asset, type DocumentFormat, readAsset, readDocument } from './files.ts';
import { adminPage, longcatPage, type Page, pagePolicy, renderPage } from './page.ts';
import type { DocsPath } from './paths.ts';
import { putServerFirst } from './servers.ts';

export interface DocsEnvironment {
  /** The request as it came: the mock may be mounted under a path. */
  Bindings: { request: Request };
}

export interface DocsSettings {
  /** Whether the mock has a document of its admin API to show. */
  readonly describesAdmin: (request: Request) => Promise<boolean>;
}

type DocsContext = Context<DocsEnvironment>;

/** The OpenAPI document and the page that shows it. */
export function createDocs({ describesAdmin }: DocsSettings): Hono<DocsEnvironment> {
  const app = new Hono<DocsEnvironment>();
  const route = (path: DocsPath, answer: (context: DocsContext) => Promise<Response>) =>
    app.get(path, answer);

  app.use(etag(), setHeaders);
  route('/openapi.json', answerDocument('json'));
  route('/openapi.yaml', answerDocument('yaml'));
  route('/docs', answerPage(longcatPage));
  route('/docs/', async (context) => context.redirect('../docs', 308));
  route('/docs/admin', answerPage(adminPage));
  route('/docs/page.css', answerAsset('page.css'));
  route('/docs/page.js', answerAsset('page.js'));
  route('/docs/swagger-ui.css', answerAsset('swagger-ui.css'));
  route('/docs/swagger-ui.js', answerAsset('swagger-ui.js'));
  app.onError((error) => {
    throw error; // to the mock, which tells what failed
  });
  return app;

  function answerPage(page: Page) {
    return async function answer(context: DocsContext): Promise<Response> {
      const hasAdmin = await describesAdmin(context.env.request);
      const pages = hasAdmin ? [longcatPage, adminPage] : [longcatPage];
      if (!pages.includes(page)) return context.notFound();
      return context.html(renderPage(page, pages), 200, {
        'content-security-policy': pagePolicy,
        'referrer-policy': 'no-referrer',
      });
    };
  }
}

/** A browser asks each time whether it has the newest: the next mock on this port may be another. */
const setHeaders: MiddlewareHandler<DocsEnvironment> = async (context, next) => {
  await next();
  context.header('cache-control', 'no-cache');
  context.header('x-content-type-options', 'nosniff');
};

function answerDocument(format: DocumentFormat) {
  return async function answer(context: DocsContext): Promise<Response> {
    const text = await readDocument('longcat', format);
    if (text === undefined) throw new Error(`openapi/longcat.${format} is missing.`);
    const { href } = new URL('.', context.env.request.url);
    const own = putServerFirst(text, format, href.replace(/\/$/, ''));
    return context.body(own, 200, { 'content-type': `application/${format}` });
  };
}

function answerAsset(name: Asset) {
  const type = name.endsWith('.js') ? 'text/javascript' : 'text/css';
  return async function answer(context: DocsContext): Promise<Response> {
    const compressed = await readAsset(name);
    context.header('content-type', `${type}; charset=utf-8`);
    context.header('vary', 'accept-encoding');
    if (acceptsGzip(context.req.header('accept-encoding'))) {
      return context.body(compressed, 200, { 'content-encoding': 'gzip' });
    }
    const plain = new Blob([compressed]).stream().pipeThrough(new DecompressionStream('gzip'));
    return context.body(plain);
  };
}

function acceptsGzip(header = ''): boolean {
  return header.split(',').some((item) => /^\s*gzip\s*(?:;(?!\s*q=0(?:\.0*)?\s*$)|$)/i.test(item));
}
