import type { z } from 'zod/v3';
import { ErrorAnswer } from '../../admin/schema/common.ts';
import { RequestDetail } from '../../admin/schema/requests.ts';
import { formatUrl } from '../../http/address.ts';
import type { Config } from '../config.ts';
import type { Streams } from '../streams.ts';

type Asking = Pick<Config, 'host' | 'port' | 'adminToken'>;
type Detail = z.infer<typeof RequestDetail>;

const patienceMs = 5000;

/** Asks a running mock what became of a request. 0 when it knows it. */
export async function explainRequest(
  id: string,
  config: Asking,
  { out, err }: Streams,
): Promise<number> {
  const asked = await ask(`requests/${encodeURIComponent(id)}`, config);
  if ('problem' in asked) {
    err.write(`${asked.problem}\n`);
    return 1;
  }
  const detail = RequestDetail.safeParse(asked.answer);
  if (!detail.success) {
    err.write(`${asked.url} answered, and not as this version of longcat-mock does.\n`);
    return 1;
  }
  out.write(`${render(detail.data).map(tame).join('\n')}\n`);
  return 0;
}

type Asked = { readonly url: string; readonly answer: unknown } | { readonly problem: string };

async function ask(path: string, { host, port, adminToken }: Asking): Promise<Asked> {
  const url = `${formatUrl(host, port)}/__admin/${path}`;
  const headers = new Headers();
  if (adminToken !== undefined) headers.set('x-longcat-mock-admin-token', adminToken);
  try {
    const response = await fetch(url, { headers, signal: AbortSignal.timeout(patienceMs) });
    const answer: unknown = await response.json();
    if (response.ok) return { url, answer };
    const refused = ErrorAnswer.safeParse(answer);
    const reason = refused.success ? refused.data.error.message : `It answered ${response.status}.`;
    const token = response.status === 401 ? ' Here: --admin-token.' : '';
    return { problem: `${reason}${token}` };
  } catch {
    return { problem: `No longcat-mock answers at ${url}. Set the port with --port.` };
  }
}

function render({ request, place, explanation }: Detail): string[] {
  const { method, path, session, attempt, at, headers, body, bodyOmitted } = request;
  const again = attempt > 0 ? `, attempt ${attempt + 1} of one call` : '';
  return [
    `${method} ${path}`,
    `  session "${session}", ${new Date(at).toISOString()}${again}`,
    ...Object.entries(headers).map(([name, value]) => `  ${name}: ${value}`),
    ...(body ? indent(JSON.stringify(body, null, 2)) : []),
    ...(bodyOmitted ? ['  (its body was too large to keep)'] : []),
    '',
    ...renderAnswer(request, place),
    ...(explanation ? ['', ...renderExplanation(explanation)] : []),
  ];
}

function renderAnswer(request: Detail['request'], place: string | undefined): string[] {
  const { status, source, error, message, fixture, step = 0, scenario, end, violations } = request;
  const { cassette, recording } = request;
  const where = place === undefined ? '' : ` (${place})`;
  const selected = scenario === undefined ? '' : `, scenario "${scenario}"`;
  const by = {
    fixture: `by the fixture "${fixture}"${where}, step ${step + 1}${selected}`,
    cassette: `by the recording "${recording}" of the cassette "${cassette}"`,
    upstream: 'by the upstream',
    generated: `with generated words${selected}`,
    refused: `with a refusal${selected}`,
  }[source];
  return [
    `Answered ${status} ${by}${error === undefined ? '' : `: ${error}`}`,
    ...(message === undefined ? [] : indent(message)),
    ...violations.flatMap(indent),
    ...(end === undefined || end === 'finished' ? [] : [`  The answer ended early: ${end}.`]),
  ];
}

function renderExplanation({
  result,
  fixture,
  recording,
  place,
  message,
  hints,
  diff,
}: NonNullable<Detail['explanation']>): string[] {
  if (result === 'matched') {
    const where = place === undefined ? '' : ` (${place})`;
    return [`At this moment the fixture "${fixture}"${where} would answer it.`];
  }
  if (result === 'recorded')
    return [`At this moment the recording "${recording}" would answer it.`];
  if (result === 'live') return ['At this moment the upstream would be asked.'];
  return [...(message === undefined ? [] : [message]), ...hints, ...(diff?.split('\n') ?? [])];
}

function indent(text: string): string[] {
  return text.split('\n').map((line) => `  ${line}`);
}

/** No escape sequence of what a client sent reaches a terminal. */
function tame(line: string): string {
  return line.replaceAll(/\p{Cc}/gu, (control) => JSON.stringify(control).slice(1, -1));
}
