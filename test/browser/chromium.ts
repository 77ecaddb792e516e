import { existsSync } from 'node:fs';
import { relative } from 'node:path';
import { type Browser, chromium } from 'playwright';
import { expect, it } from 'vitest';

/** Where distributions put it. */
const usualPaths = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
];

/** A Chromium on this machine: the one named, else Playwright's own, else the system's. */
function findChromium(): string | undefined {
  const named = process.env['CHROMIUM_PATH'];
  if (named) return named;
  return [chromium.executablePath(), ...usualPaths].find((path) => existsSync(path));
}

const howToGetChromium =
  'get one with "npx playwright install chromium" or "apt-get install chromium", or name yours in CHROMIUM_PATH';

const path = findChromium();
const required = process.env['REQUIRE_BROWSER'] === '1';

/** Tests that are skipped where there is no Chromium, unless one is required. */
export const browserIt = it.skipIf(!path && !required);
/** For the titles of those tests: the way to have them run. */
export const reason = path ? '' : ` (there is no Chromium: ${howToGetChromium})`;

if (!path && !required) tellSkipped(); // of tests that are skipped, no hook runs

/** Starts it so that it reaches for nothing but the pages of the test. */
export async function startChromium(args: readonly string[]): Promise<Browser> {
  if (!path) throw new Error(`There is no Chromium: ${howToGetChromium}.`);
  const quiet = [
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ];
  const root = process.getuid?.() === 0; // Chromium's sandbox refuses to run as root
  const all = [...quiet, ...args];
  return chromium.launch({ executablePath: path, chromiumSandbox: !root, args: all });
}

function tellSkipped(): void {
  const file = relative('.', expect.getState().testPath ?? 'test/browser');
  process.stdout.write(`${file} is skipped: there is no Chromium, ${howToGetChromium}.\n`);
}
