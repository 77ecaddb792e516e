import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const command = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));

export interface Finished {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

type Environment = Record<string, string>;

function start(args: readonly string[], environment: Environment): ChildProcess {
  const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith('LONGCAT_'));
  return spawn(process.execPath, [command, ...args], {
    env: { ...Object.fromEntries(inherited), ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

function collect(child: ChildProcess): { stdout: string; stderr: string } {
  const output = { stdout: '', stderr: '' };
  child.stdout?.on('data', (chunk) => {
    output.stdout += chunk;
  });
  child.stderr?.on('data', (chunk) => {
    output.stderr += chunk;
  });
  return output;
}

export interface Launched {
  readonly child: ChildProcess;
  readonly output: { readonly stdout: string; readonly stderr: string };
  /** Its exit code, once it and its output have ended. */
  readonly code: Promise<number | null>;
}

/** Starts the command, and leaves its end to the caller. */
export function launch(args: readonly string[], environment: Environment = {}): Launched {
  const child = start(args, environment);
  const output = collect(child);
  return { child, output, code: once(child, 'close').then(([code]) => code) };
}

/** Runs the command to its end. */
export async function run(
  args: readonly string[],
  environment: Environment = {},
): Promise<Finished> {
  const child = start(args, environment);
  const output = collect(child);
  const [code] = await once(child, 'close');
  return { code, ...output };
}

export interface Serving extends AsyncDisposable {
  readonly url: string;
  readonly pid: number | undefined;
  readonly output: { readonly stdout: string; readonly stderr: string };
  /** Resolves once the process is gone, whoever ended it. */
  readonly closed: Promise<Finished>;
  /** Ends the process. */
  stop(signal?: NodeJS.Signals): Promise<Finished>;
}

/** Starts the command on a free port and waits for its ready line. */
export async function serve(
  args: readonly string[] = [],
  environment: Environment = {},
): Promise<Serving> {
  const child = start(['--port', '0', ...args], environment);
  const output = collect(child);
  const closed = once(child, 'close').then(([code]): Finished => ({ code, ...output }));
  const url = await new Promise<string>((resolve, reject) => {
    child.stdout?.on('data', () => {
      const ready = /"url":"([^"]+)"|ready url=(\S+)/.exec(output.stdout);
      const found = ready?.[1] ?? ready?.[2];
      if (found) resolve(found);
    });
    child.once('close', () => reject(new Error(`The command ended: ${output.stderr}`)));
  });

  async function stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<Finished> {
    child.kill(signal);
    return closed;
  }
  return {
    url,
    pid: child.pid,
    output,
    closed,
    stop,
    [Symbol.asyncDispose]: async () => void (await stop()),
  };
}
