interface SwaggerUI {
  preauthorizeApiKey(scheme: string, key: string): unknown;
}

declare function SwaggerUIBundle(options: Readonly<Record<string, unknown>>): SwaggerUI;

interface OpenApiDocument {
  readonly components?: { readonly securitySchemes?: Readonly<Record<string, unknown>> };
}

/** The mock takes any key of this form, and keeps the page's calls in a session of their own. */
const key = 'lcmock_docs';
const scheme = 'apiKey';

/** Shows the document that the page links to. */
async function showReference(main: HTMLElement): Promise<void> {
  const link = document.querySelector<HTMLLinkElement>('link[rel=service-desc]');
  const response = await fetch(link?.href ?? '');
  if (!response.ok) throw new Error(`${response.url} answered ${response.status}.`);
  const described: OpenApiDocument = await response.json();
  const takesKey = described.components?.securitySchemes?.[scheme] !== undefined;
  const description = takesKey ? `This longcat-mock, with the key ${key}` : 'This longcat-mock';

  const ui = SwaggerUIBundle({
    domNode: main,
    spec: { ...described, servers: [{ url: findMock(), description }] },
    deepLinking: true,
    displayRequestDuration: true,
    defaultModelsExpandDepth: 0,
    showExtensions: true,
    validatorUrl: null,
    onComplete() {
      if (takesKey) ui.preauthorizeApiKey(scheme, key);
    },
  });
}

/** The only server that this page may call. */
function findMock(): string {
  return new URL(document.body.dataset['mock'] ?? '', location.href).href.replace(/\/$/, '');
}

const main = document.querySelector('main');
if (main) {
  showReference(main).catch((error: Error) => {
    main.className = 'failure';
    main.textContent = `The reference cannot be shown: ${error.message}`;
  });
}
