import { z } from 'zod/v3';
import { recordModes } from '../../recording/mode.ts';
import { SessionName } from './common.ts';

export const Health = z
  .object({
    status: z.literal('healthy'),
    message: z.string(),
    version: z.string(),
    uptimeInSeconds: z.number(),
    timestamp: z.string(),
  })
  .strict();

export const Version = z.object({ version: z.string() }).strict();

/** What the mock was started with, without its secrets. */
export const ServerSettings = z
  .object({
    host: z.string().optional().describe('Absent where the mock does not listen.'),
    port: z.number().optional(),
    models: z.array(z.string()),
    acceptsAnyKey: z.boolean(),
    needsToken: z.boolean().describe('Whether the admin API wants a token.'),
    quirks: z.record(z.boolean()),
    seed: z.string(),
    validate: z.enum(['error', 'warn', 'off']),
    maxBody: z.number(),
    allowedHosts: z.array(z.string()),
    corsOrigins: z.array(z.string()),
    strictContract: z.boolean(),
    tokenizer: z.string().optional(),
    fixtures: z.array(z.string()).optional(),
    scenario: z.string().optional(),
    onUnmatched: z.enum(['error', 'dynamic', 'passthrough']).optional(),
    requireSession: z.boolean(),
    watch: z.boolean(),
    record: z.enum(recordModes).optional(),
    cassettes: z.string().optional(),
    upstream: z.string(),
    recordFailed: z.boolean(),
    allowPrivateUpstream: z.boolean(),
    allowRecordInCi: z.boolean(),
    replayTiming: z.string(),
    matchIgnore: z.array(z.string()),
    matchReplace: z.array(z.string()),
    redact: z.array(z.string()),
    maxAge: z.string().optional(),
    onExpiry: z.enum(['warn', 'fail', 'rerecord']),
    onUnused: z.enum(['ignore', 'warn', 'fail', 'prune']),
  })
  .strict();
export type ServerSettings = z.infer<typeof ServerSettings>;

export const ResetDone = z
  .object({ reset: z.array(SessionName).describe('The sessions that are forgotten.') })
  .strict();

export const ShutdownBegun = z.object({ status: z.literal('closing') }).strict();
