import { z } from 'zod/v3';
import { named } from '../../scenario/registry.ts';
import { CassetteName, RecordMode, SessionName } from './common.ts';

export const StartRecording = named(
  'StartRecording',
  z
    .object({
      session: SessionName.optional().describe('All sessions, unless one is named.'),
      mode: RecordMode.optional(),
      cassette: CassetteName.optional(),
    })
    .strict()
    .refine(
      ({ session, cassette }) => cassette === undefined || session !== undefined,
      'expected a session with the cassette',
    )
    .describe('What is to be recorded from now on.'),
);

export const StopRecording = named(
  'StopRecording',
  z
    .object({ session: SessionName.optional().describe('All sessions, unless one is named.') })
    .strict()
    .describe('Whose recording is to end.'),
);

const CassetteState = named(
  'CassetteState',
  z
    .object({
      cassette: CassetteName,
      path: z.string().describe('Of its file.'),
      recordings: z.array(z.string()).describe('The ids of all that it holds.'),
      unused: z.array(z.string()).describe('Those that neither answered nor were recorded yet.'),
    })
    .strict()
    .describe('A cassette that was used.'),
);

export const RecordingState = named(
  'RecordingState',
  z
    .object({
      mode: RecordMode,
      sessions: z.record(RecordMode).describe('Of sessions that have a mode of their own.'),
      cassettes: z.array(CassetteState).describe('Those that were used so far; all is on disk.'),
    })
    .strict()
    .describe('What is recorded and replayed.'),
);
