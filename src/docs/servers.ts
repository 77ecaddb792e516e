import type { DocumentFormat } from './files.ts';

interface Server {
  readonly url: string;
  readonly description?: string;
}

interface OpenApiDocument {
  readonly servers: readonly Server[];
}

const description = 'This longcat-mock';

/** The document as one mock serves it: its own address is the first of the servers. */
export function putServerFirst(text: string, format: DocumentFormat, url: string): string {
  return format === 'json' ? putFirstInJson(text, url) : putFirstInYaml(text, url);
}

function putFirstInJson(text: string, url: string): string {
  const document = JSON.parse(text) as OpenApiDocument; // one of ours
  const others = document.servers.filter((server) => server.url !== url);
  const servers = [{ url, description }, ...others];
  return `${JSON.stringify({ ...document, servers }, null, 2)}\n`;
}

const serversPattern = /^servers:\n((?: .*\n)*)/m;
const serverPattern = / {2}- url: (.*)\n(?: {4}.*\n)*/g;

/** By its text, which is of our own rendering: reading it would load a YAML parser. */
function putFirstInYaml(text: string, url: string): string {
  return text.replace(serversPattern, (_, listed: string) => {
    const others = [...listed.matchAll(serverPattern)].filter(([, other]) => other !== url);
    const own = `  - url: ${JSON.stringify(url)}\n    description: ${description}\n`;
    return `servers:\n${own}${others.map(([entry]) => entry).join('')}`;
  });
}
