import { ErrorBody, errorCatalogue, renderError, WafBody } from '../contract/errors.ts';
import type { Operation, operations } from '../contract/operations.ts';
import { messages, occasions } from './examples/errors.ts';
import type { OperationExamples } from './examples.ts';
import { referTo } from './reference.ts';

type OperationError = (typeof operations)[keyof typeof operations]['errors'][number];

/** The answer of an operation, whole and streamed, and its errors by status. */
export function buildResponses(operation: Operation, examples: OperationExamples): object {
  const { response, streamEvent, provenance, errors } = operation;
  return {
    200: {
      description: streamEvent
        ? 'The answer: whole, or as server-sent events when the request says `stream: true`, whatever its `Accept` header. The schema of the stream is that of one event’s payload.'
        : 'The answer.',
      'x-provenance': provenance,
      content: {
        'application/json': { schema: referTo(response), examples: examples.response },
        ...(streamEvent && {
          'text/event-stream': {
            schema: referTo(streamEvent),
            examples: examples.streamEvent,
          },
        }),
      },
    },
    ...buildErrors(errors as readonly OperationError[]), // the table’s own
  };
}

function buildErrors(names: readonly OperationError[]): object {
  const statuses = [...new Set(names.map((name) => errorCatalogue[name].status))];
  return Object.fromEntries(
    statuses.map((status) => {
      const ofStatus = names.filter((name) => errorCatalogue[name].status === status);
      return [status, { description: reasons[status], content: groupByType(ofStatus) }];
    }),
  );
}

function groupByType(names: readonly OperationError[]): object {
  const content: Record<string, { schema: object; examples: Record<string, object> }> = {};
  for (const name of names) {
    const { body, provenance } = errorCatalogue[name];
    const { contentType, body: text } = renderError(name, { message: messages[name] });
    const value: unknown = contentType === 'text/html' ? text : JSON.parse(text);
    content[contentType] ??= { schema: describeBody(body), examples: {} };
    content[contentType].examples[name] = {
      summary: occasions[name],
      'x-provenance': provenance,
      value,
    };
  }
  return content;
}

function describeBody(body: ErrorBody | WafBody | string): object {
  if (typeof body === 'string') {
    return { type: 'string', description: 'A page of HTML, as the edge sends it.' };
  }
  return referTo('error' in body ? ErrorBody : WafBody);
}

type Status = (typeof errorCatalogue)[OperationError]['status'];

const reasons: Readonly<Record<Status, string>> = {
  400: 'The request is not valid, or its model is not known. The message says what is wrong.',
  401: 'There is no API key, or LongCat does not know it.',
  402: 'The account has no tokens left.',
  403: 'The key may not do this.',
  413: 'The body is too large.',
  415: 'The body’s content encoding is not supported.',
  429: 'Too many requests, or too many tokens. LongCat sends no `Retry-After` header.',
  456: 'The firewall in front of LongCat refused the request.',
  500: 'LongCat failed.',
  502: 'LongCat’s edge got no answer from the service. The body is a page of HTML.',
  503: 'LongCat’s edge found no service. The body is a page of HTML.',
};
