import { defineConfig } from '@playwright/test';
import { longcatServer } from 'longcat-mock/playwright';

const { MOCK_PORT, CHROMIUM_PATH: executablePath, TESTS } = process.env;
const args = process.getuid?.() === 0 ? ['--no-sandbox'] : [];

export default defineConfig({
  testMatch: TESTS,
  fullyParallel: true,
  workers: 4,
  reporter: 'json',
  webServer: MOCK_PORT ? longcatServer({ port: Number(MOCK_PORT) }) : undefined,
  use: { launchOptions: { executablePath, args } },
});
