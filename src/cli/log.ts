import { styleText } from 'node:util';
import type { RequestReport } from '../http/settings.ts';

export type LogLevel = 'silent' | 'error' | 'info' | 'debug';

export interface Log {
  /** Absent when nothing would be written. */
  readonly report?: (report: RequestReport) => void;
  /** Writes what a user should know, at every level but `silent`. */
  readonly notify: (message: string) => void;
  readonly debug: (message: string, details: object) => void;
}

export interface LogOptions {
  readonly level: LogLevel;
  readonly json: boolean;
  readonly stream: NodeJS.WriteStream;
}

/** A line for each request at `info`; at `error` only for those a developer should look at. */
export async function createLog({ level, json, stream }: LogOptions): Promise<Log> {
  if (level === 'silent') return { notify: () => {}, debug: () => {} };
  const writeReport = json ? await loadJsonWriter(stream) : createLineWriter(stream);
  return {
    report: (report) => {
      if (level !== 'error' || isNotable(report)) writeReport(report);
    },
    notify: (message) => {
      const line = json ? JSON.stringify({ level: 40, msg: message }) : message;
      stream.write(`${line}\n`);
    },
    debug: (message, details) => {
      const line = json ? { level: 20, msg: message, ...details } : details;
      if (level === 'debug') stream.write(`${json ? '' : `${message} `}${JSON.stringify(line)}\n`);
    },
  };
}

function isNotable({ status, notes }: RequestReport): boolean {
  return status >= 500 || notes.length > 0;
}

function createLineWriter(stream: NodeJS.WriteStream): (report: RequestReport) => void {
  const paint = (color: 'red' | 'green' | 'gray' | 'yellow', text: string) =>
    stream.isTTY && !process.env['NO_COLOR'] ? styleText(color, text) : text;

  return ({ method, path, status, milliseconds, notes }) => {
    const code = paint(status < 400 ? 'green' : 'red', String(status));
    const time = paint('gray', `${milliseconds.toFixed(1)} ms`);
    const remarks = notes.map((note) => `  ${paint('yellow', tame(note))}\n`).join('');
    stream.write(`${method} ${tame(path)} ${code} ${time}\n${remarks}`);
  };
}

const longest = 1000;

/** What a client sent is in paths and notes: no escape sequence of it reaches a terminal. */
function tame(text: string): string {
  const start = text.slice(0, longest);
  const visible = start.replaceAll(/\p{Cc}/gu, (control) => JSON.stringify(control).slice(1, -1));
  return visible.slice(0, longest);
}

async function loadJsonWriter(
  stream: NodeJS.WriteStream,
): Promise<(report: RequestReport) => void> {
  const { createJsonWriter } = await import('./json-log.ts');
  return createJsonWriter(stream);
}
