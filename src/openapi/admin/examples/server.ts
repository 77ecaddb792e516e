export const health = {
  status: 'healthy',
  message: 'longcat-mock is up',
  version: '1.2.3',
  uptimeInSeconds: 42,
  timestamp: '2026-10-01T12:00:00.000Z',
};

export const version = { version: '1.2.3' };

export const settings = {
  host: '127.0.0.1',
  port: 4010,
  models: ['LongCat-2.0'],
  acceptsAnyKey: true,
  needsToken: false,
  quirks: { 'tool-delta-nulls': true, 'usage-always': true },
  seed: 'longcat-mock',
  validate: 'error',
  maxBody: 33_554_432,
  allowedHosts: [],
  corsOrigins: [],
  strictContract: false,
  requireSession: false,
  watch: false,
  upstream: 'https://api.longcat.chat',
  recordFailed: false,
  allowPrivateUpstream: false,
  allowRecordInCi: false,
  replayTiming: 'none',
  matchIgnore: [],
  matchReplace: [],
  redact: [],
  onExpiry: 'warn',
  onUnused: 'ignore',
};

export const document = { openapi: '3.1.0', info: { title: 'longcat-mock admin API' } };

export const resetDone = { reset: ['checkout'] };

export const closing = { status: 'closing' };
