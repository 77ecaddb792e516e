import type { Operation } from '../operation.ts';
import { ResetDone } from '../schema/server.ts';
import * as sessions from '../schema/sessions.ts';

/** What belongs to one test. */
export const sessionOperations = {
  listSessions: {
    method: 'GET',
    path: '/__admin/sessions',
    summary: 'List the sessions',
    description: 'The sessions, the least recently used first.',
    answers: { 200: sessions.SessionList },
  },
  getSession: {
    method: 'GET',
    path: '/__admin/sessions/{id}',
    summary: 'Show a session',
    description: 'What one session is.',
    parameter: 'The name of a session.',
    answers: { 200: sessions.SessionState },
    refusals: ['unknown_session'],
  },
  putSession: {
    method: 'PUT',
    path: '/__admin/sessions/{id}',
    summary: 'Declare a session',
    description:
      'Declares all of a session in one call; doing it again changes nothing. Its state stays.',
    parameter: 'The name of a session.',
    body: sessions.DeclareSession,
    answers: { 200: sessions.SessionDeclared, 201: sessions.SessionDeclared },
    refusals: ['invalid_fixtures', 'unselectable_scenario'],
  },
  resetSession: {
    method: 'POST',
    path: '/__admin/sessions/{id}/reset',
    summary: 'Begin a session again',
    description:
      'Its sequences, states, rate limits and requests begin again; what was declared stays.',
    parameter: 'The name of a session.',
    answers: { 200: ResetDone },
  },
  deleteSession: {
    method: 'DELETE',
    path: '/__admin/sessions/{id}',
    summary: 'Forget a session',
    description: 'Forgets a session and all that belongs to it.',
    parameter: 'The name of a session.',
    answers: { 200: sessions.SessionRemoved },
  },
  getVerdict: {
    method: 'GET',
    path: '/__admin/sessions/{id}/verdict',
    summary: 'Judge the client',
    description: 'What to say of the client that made the session’s requests.',
    parameter: 'The name of a session.',
    query: sessions.VerdictQuery,
    answers: { 200: sessions.SessionVerdict },
    refusals: ['unknown_session'],
  },
  setClock: {
    method: 'PUT',
    path: '/__admin/clock',
    summary: 'Set the clock',
    description: 'Stops the clock of a session, moves it by hand, or lets it run again.',
    body: sessions.SetClock,
    answers: { 200: sessions.ClockSet },
    refusals: ['clock_runs'],
  },
} as const satisfies Record<string, Operation>;
