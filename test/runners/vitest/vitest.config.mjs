export default {
  test: {
    globalSetup: process.env.WITHOUT_SETUP ? [] : ['longcat-mock/vitest/global-setup'],
    include: ['**/*.test.mjs'],
    pool: 'forks',
    maxWorkers: 16,
    testTimeout: 60_000,
  },
};
