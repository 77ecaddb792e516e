module.exports = {
  globalSetup: 'longcat-mock/jest/global-setup',
  globalTeardown: 'longcat-mock/jest/global-teardown',
  testEnvironment: 'node',
};
