import { z } from 'zod/v3';
import { named } from '../../scenario/registry.ts';
import { RecordMode, SessionName } from './common.ts';

export const Health = named(
  'Health',
  z
    .object({
      status: z.literal('healthy'),
      message: z.string().describe('The same for people.'),
      version: z.string().describe('The version of the mock.'),
      uptimeInSeconds: z.number().describe('How long it has been up.'),
      timestamp: z.string().describe('The moment of the answer, in ISO 8601.'),
    })
    .strict()
    .describe('The mock is up.'),
);

export const Version = named(
  'Version',
  z
    .object({ version: z.string().describe('Such as `1.2.3`.') })
    .strict()
    .describe('The version of the mock.'),
);

/** What the mock was started with, without its secrets. */
export const ServerSettings = named(
  'ServerSettings',
  z
    .object({
      host: z.string().optional().describe('Absent where the mock does not listen.'),
      port: z.number().optional().describe('Absent where the mock does not listen.'),
      models: z.array(z.string()).describe('The models that it serves; `*` is any.'),
      acceptsAnyKey: z.boolean().describe('Whether every API key is right.'),
      needsToken: z.boolean().describe('Whether the admin API wants a token.'),
      quirks: z.record(z.boolean()).describe('The switches of the wire.'),
      seed: z.string().describe('What generated answers depend on.'),
      validate: z
        .enum(['error', 'warn', 'off'])
        .describe('What becomes of a request that LongCat would refuse.'),
      maxBody: z.number().describe('The longest body in bytes.'),
      allowedHosts: z.array(z.string()).describe('Host names besides those of loopback.'),
      corsOrigins: z.array(z.string()).describe('Origins whose pages may read answers.'),
      strictContract: z.boolean().describe('Whether answers have none of the mock’s own headers.'),
      tokenizer: z.string().optional().describe('The file that tokens are counted by.'),
      fixtures: z.array(z.string()).optional().describe('Files and folders with fixtures.'),
      scenario: z.string().optional().describe('The scenario of sessions that select none.'),
      onUnmatched: z
        .enum(['error', 'dynamic', 'passthrough'])
        .optional()
        .describe('What becomes of a request that no fixture matches.'),
      requireSession: z.boolean().describe('Whether each request has to name its session.'),
      watch: z.boolean().describe('Whether changed fixture files are read again.'),
      record: RecordMode.optional(),
      cassettes: z.string().optional().describe('The folder of the cassettes.'),
      upstream: z.string().describe('The origin that is recorded.'),
      recordFailed: z.boolean().describe('Whether failed answers are recorded.'),
      allowPrivateUpstream: z
        .boolean()
        .describe('Whether the upstream may be in a private network.'),
      allowRecordInCi: z.boolean().describe('Whether a CI run may record.'),
      replayTiming: z.string().describe('How fast a recorded stream is replayed.'),
      matchIgnore: z.array(z.string()).describe('Places of a body that do not count for a match.'),
      matchReplace: z
        .array(z.string())
        .describe('What is replaced in a body before it is matched.'),
      redact: z.array(z.string()).describe('What is left out of cassettes besides secrets.'),
      maxAge: z.string().optional().describe('How old a recording may be.'),
      onExpiry: z.enum(['warn', 'fail', 'rerecord']).describe('What becomes of one that is older.'),
      onUnused: z
        .enum(['ignore', 'warn', 'fail', 'prune'])
        .describe('What becomes of recordings that were not replayed.'),
    })
    .strict()
    .describe('What the mock was started with, without its secrets.'),
);
export type ServerSettings = z.infer<typeof ServerSettings>;

export const ResetDone = named(
  'ResetDone',
  z
    .object({ reset: z.array(SessionName).describe('The sessions that are forgotten.') })
    .strict()
    .describe('What begins again.'),
);

export const ShutdownBegun = named(
  'ShutdownBegun',
  z
    .object({ status: z.literal('closing') })
    .strict()
    .describe('The mock ends once running streams have.'),
);

export const OpenApiDocument = named(
  'OpenApiDocument',
  z.record(z.unknown()).describe('An OpenAPI 3.1 document.'),
);
