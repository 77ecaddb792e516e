import type { Operation } from '../operation.ts';
import { DeleteRequestsQuery } from '../schema/requests.ts';
import * as server from '../schema/server.ts';

/** The mock itself. */
export const serverOperations = {
  getHealth: {
    method: 'GET',
    path: '/__admin/health',
    summary: 'Tell whether the mock is up',
    description: 'Whether the mock is up, and for how long.',
    answers: { 200: server.Health },
  },
  getVersion: {
    method: 'GET',
    path: '/__admin/version',
    summary: 'Tell the version',
    description: 'The version of the mock.',
    answers: { 200: server.Version },
  },
  getSettings: {
    method: 'GET',
    path: '/__admin/settings',
    summary: 'Tell the settings',
    description: 'What the mock was started with; no secret is told.',
    answers: { 200: server.ServerSettings },
  },
  getOpenApi: {
    method: 'GET',
    path: '/__admin/openapi.json',
    summary: 'Describe this API',
    description: 'The OpenAPI document of the admin API, which is this one.',
    answers: { 200: server.OpenApiDocument },
  },
  reset: {
    method: 'POST',
    path: '/__admin/reset',
    summary: 'Begin again',
    description:
      'Forgets a session; without `session` all of them, and every change of the fixtures: refused while others work.',
    query: DeleteRequestsQuery,
    answers: { 200: server.ResetDone },
    refusals: ['sessions_active'],
  },
  shutdown: {
    method: 'POST',
    path: '/__admin/shutdown',
    summary: 'End the mock',
    description: 'Ends a mock that listens, and the command that serves it.',
    answers: { 202: server.ShutdownBegun },
    refusals: ['not_listening'],
  },
} as const satisfies Record<string, Operation>;
