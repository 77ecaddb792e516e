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
} as const satisfies Record<string, Operation>;
