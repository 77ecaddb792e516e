/** The page shows its own files and calls its own mock; nothing else is let in, or out. */
export const pagePolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

export interface Page {
  readonly title: string;
  /** From the mock's root, as is `document`. */
  readonly path: string;
  /** The way back there. */
  readonly root: string;
  readonly document: string;
}

export const longcatPage: Page = {
  title: 'LongCat API',
  path: 'docs',
  root: '.',
  document: 'openapi.json',
};

export const adminPage: Page = {
  title: 'Admin API',
  path: 'docs/admin',
  root: '..',
  document: '__admin/openapi.json',
};

const icon =
  "%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'%3E%3Cpath fill='%2329a55b' d='M2 1l4 3h4l4-3v9a6 5 0 0 1-12 0z'/%3E%3C/svg%3E";

/** Every address in it is relative: the mock may be mounted under a path. */
export function renderPage(page: Page, pages: readonly Page[]): string {
  const { root } = page;
  const links = pages.map(({ title, path }) => {
    const current = path === page.path ? ' aria-current="page"' : '';
    return `<a href="${root}/${path}"${current}>${title}</a>`;
  });
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${page.title} · longcat-mock</title>
<link rel="icon" href="data:image/svg+xml,${icon}">
<link rel="service-desc" type="application/json" href="${root}/${page.document}">
<link rel="stylesheet" href="${root}/docs/swagger-ui.css">
<link rel="stylesheet" href="${root}/docs/page.css">
<script src="${root}/docs/swagger-ui.js" defer></script>
<script src="${root}/docs/page.js" defer></script>
</head>
<body data-mock="${root}">
<header>
<strong>longcat-mock</strong>
<nav>${links.join('\n')}</nav>
<nav><a href="${root}/openapi.json">JSON</a>
<a href="${root}/openapi.yaml">YAML</a></nav>
</header>
<main><noscript>This page needs JavaScript. The OpenAPI document does not.</noscript></main>
</body>
</html>
`;
}
