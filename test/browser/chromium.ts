import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright';

/** Where distributions put it. */
const usualPaths = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
];

/** A Chromium on this machine: the one named, else Playwright's own, else the system's. */
export function findChromium(): string | undefined {
  const named = process.env['CHROMIUM_PATH'];
  if (named) return named;
  return [chromium.executablePath(), ...usualPaths].find((path) => existsSync(path));
}

export const howToGetChromium =
  'get one with "npx playwright install chromium" or "apt-get install chromium", or name yours in CHROMIUM_PATH';

/** Starts it so that it reaches for nothing but the pages of the test. */
export function launchChromium(executablePath: string, args: readonly string[]): Promise<Browser> {
  const quiet = [
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ];
  const root = process.getuid?.() === 0; // Chromium's sandbox refuses to run as root
  return chromium.launch({ executablePath, chromiumSandbox: !root, args: [...quiet, ...args] });
}
