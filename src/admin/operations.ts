import { fixtureOperations } from './operations/fixtures.ts';
import { recordingOperations } from './operations/recordings.ts';
import { requestOperations } from './operations/requests.ts';
import { serverOperations } from './operations/server.ts';
import { sessionOperations } from './operations/sessions.ts';

/** Every route of the admin API with the schemas of its bodies, by a name for programs. */
export const adminOperations = {
  ...serverOperations,
  ...fixtureOperations,
  ...sessionOperations,
  ...requestOperations,
  ...recordingOperations,
};

export type OperationId = keyof typeof adminOperations;
