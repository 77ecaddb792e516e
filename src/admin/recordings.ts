import type { Recorder } from '../engine/recorder.ts';
import type { Handlers, Refusal } from './handler.ts';
import type { AdminSettings } from './settings.ts';

export const recordingHandlers: Handlers<'getRecordings' | 'startRecording' | 'stopRecording'> = {
  async getRecordings(_, settings) {
    const { recorder } = settings.engine;
    return recorder ? { status: 200, body: await describe(recorder, settings) } : notRecording;
  },

  async startRecording({ body }, settings) {
    const { session, mode = 'new_episodes', cassette } = body;
    const { recorder, sessions } = settings.engine;
    if (!recorder) return notRecording;
    if (mode !== 'none' && !recorder.mayCall) return noRecordingInCi;
    if (session === undefined) recorder.mode = mode;
    else
      sessions.change(session, { recordMode: mode, ...(cassette !== undefined && { cassette }) });
    return { status: 200, body: await describe(recorder, settings) };
  },

  async stopRecording({ body: { session } }, settings) {
    const { recorder, sessions } = settings.engine;
    if (!recorder) return notRecording;
    if (session !== undefined) {
      sessions.change(session, { recordMode: 'none' });
    } else {
      recorder.mode = 'none';
      for (const { name, recordMode } of sessions.list()) {
        if (recordMode !== undefined) sessions.change(name, { recordMode: undefined });
      }
    }
    return { status: 200, body: await describe(recorder, settings) };
  },
};

async function describe({ deck, mode }: Recorder, { engine }: AdminSettings) {
  const used = await deck.list();
  const own = engine.sessions
    .list()
    .flatMap(({ name, recordMode }) => (recordMode ? [[name, recordMode] as const] : []));
  return {
    mode,
    sessions: Object.fromEntries(own),
    cassettes: used.map(({ cassette, path, recordings, unused }) => ({
      cassette,
      path,
      recordings: recordings.map(({ id }) => id),
      unused: unused.map(({ id }) => id),
    })),
  };
}

const notRecording: Refusal = {
  status: 409,
  code: 'not_recording',
  message: 'This mock has no cassettes: start it with --cassettes FOLDER.',
};

const noRecordingInCi: Refusal = {
  status: 409,
  code: 'no_recording_in_ci',
  message: 'CI is set, and the upstream may not be called there: start with --allow-record-in-ci.',
};
