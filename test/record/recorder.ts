import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import {
  type ListeningOptions,
  type RunningLongCatMock,
  startLongCatMock,
} from '../../src/index.ts';
import { createWire, type Wire } from '../cases/wire.ts';

export interface RecordingMock extends Wire {
  readonly mock: RunningLongCatMock;
  /** What it told its user. */
  readonly told: readonly string[];
  close(): Promise<void>;
}

/** A folder that goes when the test is over. */
export async function makeFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'longcat-cassettes-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** A mock that records from a server on this machine. */
export async function startRecorder(options: ListeningOptions): Promise<RecordingMock> {
  const told: string[] = [];
  const mock = await startLongCatMock({
    port: 0,
    fixtures: [],
    strictContract: true,
    allowPrivateUpstream: true,
    allowRecordInCi: true,
    notify: (message) => told.push(message),
    ...options,
  });
  onTestFinished(() => mock.close());
  return { ...createWire(mock.port), mock, told, close: () => mock.close() };
}

/** All that was written, one text a file. */
export async function readFolder(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  return Promise.all(files.map((file) => readFile(join(file.parentPath, file.name), 'latin1')));
}
