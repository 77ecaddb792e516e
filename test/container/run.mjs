// Lints the Dockerfile, the compose file, the workflows and the actions, and runs what they run.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { checkAction } from './action.mjs';
import { checkCompose, checkImage } from './check-image.mjs';
import { run } from './command.mjs';
import { lint } from './lint.mjs';
import { createTally } from './tally.mjs';

const here = fileURLToPath(new URL('.', import.meta.url));
const root = fileURLToPath(new URL('../../', import.meta.url));
const scratch = mkdtempSync(join(tmpdir(), 'longcat-mock-container-'));
const tally = createTally();

try {
  const packed = await run(
    'npm',
    ['pack', '--ignore-scripts', '--json', '--pack-destination', scratch],
    { cwd: root },
  );
  if (packed.code !== 0) throw new Error(packed.stderr);
  const [{ filename }] = JSON.parse(packed.stdout);
  const scene = {
    root,
    scratch,
    tarball: join(scratch, filename),
    read: (file) => readFileSync(join(root, file), 'utf8'),
  };
  tellAll(await lint(root, here));
  tellAll(await checkImage(scene));
  tellAll(await checkCompose(scene));
  tellAll(await checkAction(scene));
} catch (error) {
  tally.report('the suite reaches its end', [error.stack]);
} finally {
  await run('chmod', ['-R', 'u+w', scratch]);
  rmSync(scratch, { recursive: true });
}
process.exitCode = tally.end();

function tellAll(results) {
  for (const [title, problems] of Object.entries(results)) tally.report(title, problems);
}
