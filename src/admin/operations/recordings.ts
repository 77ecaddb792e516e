import type { Operation } from '../operation.ts';
import * as recordings from '../schema/recordings.ts';

/** What is recorded of an upstream, and replayed. */
export const recordingOperations = {
  getRecordings: {
    method: 'GET',
    path: '/__admin/recordings',
    summary: 'Show the recordings',
    description: 'How requests are recorded, and the cassettes that were used.',
    answers: { 200: recordings.RecordingState },
    refusals: ['not_recording'],
  },
  startRecording: {
    method: 'POST',
    path: '/__admin/recordings/start',
    summary: 'Record from now on',
    description:
      'Requests that no fixture answers are recorded, by a session or by all. The upstream and the folder are those the mock was started with.',
    body: recordings.StartRecording,
    answers: { 200: recordings.RecordingState },
    refusals: ['not_recording', 'no_recording_in_ci'],
  },
  stopRecording: {
    method: 'POST',
    path: '/__admin/recordings/stop',
    summary: 'Only replay from now on',
    description: 'The upstream is asked no more. When this answers, all recordings are on disk.',
    body: recordings.StopRecording,
    answers: { 200: recordings.RecordingState },
    refusals: ['not_recording'],
  },
  snapshotRecordings: {
    method: 'POST',
    path: '/__admin/recordings/snapshot',
    summary: 'Turn the journal into a cassette or fixtures',
    description:
      'For whoever has not recorded: what a session was answered becomes a cassette, which gives back the same bytes, or fixtures. Secrets are left out as they are of recordings. What the mock refused for reasons of its own is left out.',
    body: recordings.SnapshotRecordings,
    answers: { 200: recordings.Snapshot },
    refusals: ['unknown_request', 'not_recording', 'unusable_requests', 'nothing_to_record'],
  },
} as const satisfies Record<string, Operation>;
