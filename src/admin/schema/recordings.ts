import { z } from 'zod/v3';
import { named, shownAs } from '../../scenario/registry.ts';
import { CassetteName, RecordMode, SessionName, UnusableRequest } from './common.ts';

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

export const SnapshotRecordings = named(
  'SnapshotRecordings',
  z
    .object({
      session: SessionName.optional().describe('`default` when it is left out.'),
      format: z
        .enum(['cassette', 'fixtures'])
        .optional()
        .describe('`cassette` when it is left out.'),
      cassette: CassetteName.optional().describe(
        'Write it into this cassette too, in place of all recordings of the same requests.',
      ),
      ids: z
        .array(z.string().min(1))
        .min(1)
        .optional()
        .describe('The requests that are wanted; all of the session, unless some are named.'),
    })
    .strict()
    .refine(
      ({ format, cassette }) => cassette === undefined || format !== 'fixtures',
      'expected a cassette only with the format cassette',
    )
    .describe('What of the journal is to become a file.'),
);

const Loss = named(
  'Leftover',
  z
    .object({
      requests: z.array(z.string()).describe('The ids of the requests.'),
      what: z.string().describe('What of their answers.'),
      why: z.string().describe('The reason, as a clause.'),
    })
    .strict()
    .describe('Something that fixtures cannot say.'),
);

const notices = z.array(z.string()).describe('What one should know of it, whole sentences.');
const skipped = z
  .array(UnusableRequest)
  .describe('Requests that the mock refused for reasons of its own.');

const CassetteFile = named(
  'Cassette',
  z.record(z.unknown()).describe('A cassette, as `longcat-mock schema cassette` describes it.'),
);

const CassetteOfJournal = named(
  'CassetteOfJournal',
  z
    .object({
      format: z.literal('cassette').describe('The form of it.'),
      cassette: CassetteFile,
      path: z.string().optional().describe('Of the file that it was written into, if it was.'),
      notices,
      skipped,
    })
    .strict()
    .describe('What a session was answered, as a cassette.'),
);

const FixturesOfJournal = named(
  'FixturesOfJournal',
  z
    .object({
      format: z.literal('fixtures').describe('The form of it.'),
      fixtures: shownAs('FixtureFile', z.record(z.unknown())).describe('The content of the file.'),
      leftovers: z.array(Loss).describe('What of the answers it does not say.'),
      notices,
      skipped,
    })
    .strict()
    .describe('What a session was answered, as a fixture file.'),
);
export type FixturesOfJournal = z.infer<typeof FixturesOfJournal>;

export const Snapshot = named(
  'Snapshot',
  z
    .discriminatedUnion('format', [CassetteOfJournal, FixturesOfJournal])
    .describe('What a session was answered, as a file.'),
);
