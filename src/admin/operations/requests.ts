import type { Operation } from '../operation.ts';
import { Explanation } from '../schema/explanation.ts';
import * as requests from '../schema/requests.ts';
import { Verification, VerifyRequests } from '../schema/verification.ts';

/** What was asked. */
export const requestOperations = {
  listRequests: {
    method: 'GET',
    path: '/__admin/requests',
    summary: 'List the requests',
    description: 'The requests that the journal holds, in the order in which they arrived.',
    query: requests.RequestQuery,
    answers: { 200: requests.RequestList },
  },
  deleteRequests: {
    method: 'DELETE',
    path: '/__admin/requests',
    summary: 'Empty the journal',
    description:
      'Empties the journal of a session; without `session` all: refused while others work.',
    query: requests.DeleteRequestsQuery,
    answers: { 200: requests.RequestsDeleted },
    refusals: ['sessions_active'],
  },
  countRequests: {
    method: 'POST',
    path: '/__admin/requests/count',
    summary: 'Count requests',
    description: 'How many requests fit.',
    body: requests.RequestFilter,
    answers: { 200: requests.RequestCount },
  },
  findRequests: {
    method: 'POST',
    path: '/__admin/requests/find',
    summary: 'Find requests',
    description: 'The requests that fit.',
    body: requests.RequestFilter,
    answers: { 200: requests.RequestList },
  },
  waitForCount: {
    method: 'POST',
    path: '/__admin/requests/wait-for-count',
    summary: 'Wait for requests',
    description: 'Answers once so many requests fit, or the time is up (406).',
    body: requests.WaitForCount,
    answers: { 200: requests.CountWaited, 406: requests.CountWaited },
    refusals: ['closing'],
  },
  listUnmatchedRequests: {
    method: 'GET',
    path: '/__admin/requests/unmatched',
    summary: 'List unmatched requests',
    description: 'The requests that no fixture matched.',
    query: requests.UnmatchedQuery,
    answers: { 200: requests.RequestList },
  },
  explainUnmatchedRequests: {
    method: 'GET',
    path: '/__admin/requests/unmatched/near-misses',
    summary: 'Explain unmatched requests',
    description: 'Why no fixture matches them, by the fixtures and states of this moment.',
    query: requests.UnmatchedQuery,
    answers: { 200: requests.NearMissList },
  },
  getRequest: {
    method: 'GET',
    path: '/__admin/requests/{id}',
    summary: 'Show a request',
    description: 'One request, and why no fixture matched it.',
    parameter: 'The id of a request, which its answer carries as `x-longcat-mock-request-id`.',
    answers: { 200: requests.RequestDetail },
    refusals: ['unknown_request'],
  },
  explainRequest: {
    method: 'POST',
    path: '/__admin/near-misses/request',
    summary: 'Explain a request',
    description:
      'What a request would get, and why no fixture would match it; nothing is taken for it.',
    body: requests.ExplainRequest,
    answers: { 200: Explanation },
    refusals: ['no_body'],
  },
  verifyRequests: {
    method: 'POST',
    path: '/__admin/verify',
    summary: 'Verify requests',
    description:
      'Whether a session’s requests are as they were to be: 406 when not, 409 when the journal cannot tell.',
    body: VerifyRequests,
    answers: { 200: Verification, 406: Verification, 409: Verification },
  },
} as const satisfies Record<string, Operation>;
