import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** The tests of the command run what is built: build what is written. */
export default function build(): void {
  const script = fileURLToPath(new URL('../build.mjs', import.meta.url));
  execFileSync(process.execPath, [script, '--bundle-only'], { stdio: 'inherit' });
}
