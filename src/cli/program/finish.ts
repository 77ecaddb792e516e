/** Takes the exit code of the command that was run. */
export type Finish = (code: number) => void;

/** Where commands write. */
export const streams = { out: process.stdout, err: process.stderr };
