import { z } from 'zod/v3';
import { type QuirkName, quirkNames, quirks } from '../contract/quirks.ts';
import { Count } from './amounts.ts';
import { Delay, Fault, FaultType, StreamPace, WireForm } from './delivery-schema.ts';
import { ScriptedError } from './error-schema.ts';
import { named } from './registry.ts';

const FileReference = z
  .string()
  .min(1)
  .describe('A path from the folder of this file; it may not leave that folder.');

const StatusCode = z.number().int().min(200).max(599);

const ScriptedCall = named(
  'ScriptedCall',
  z
    .object({
      name: z.string().min(1).describe('The name of the tool.'),
      arguments: z
        .union([z.record(z.unknown()), z.string()])
        .default({})
        .describe('The arguments; as a text they are sent as they are, valid JSON or not.'),
      id: z
        .string()
        .regex(/^[0-9A-Za-z_-]+$/, 'expected letters, digits, _ or -')
        .optional()
        .describe('The id after `call_` or `toolu_`; made from the seed when it is left out.'),
    })
    .strict()
    .describe('A call of a tool.'),
);

const ScriptedUsage = named(
  'ScriptedUsage',
  z
    .object({
      input: Count.optional().describe('Input tokens, cached ones included.'),
      output: Count.optional().describe('Output tokens, reasoning included.'),
      cached: Count.optional().describe('How many of the input tokens came from the cache.'),
      reasoning: Count.optional().describe('How many of the output tokens were reasoning.'),
    })
    .strict()
    .describe('Token counts in place of the counted ones.'),
);

const QuirkOverrides = named(
  'QuirkOverrides',
  z
    .object(
      // Object.fromEntries forgets that there is one switch for each quirk.
      Object.fromEntries(
        quirkNames.map((name) => [name, z.boolean().optional().describe(quirks[name].effect)]),
      ) as Record<QuirkName, z.ZodOptional<z.ZodBoolean>>,
    )
    .strict()
    .describe('Switches of the wire that are set here in place of the server’s.'),
);

/** One answer. What it leaves out is generated: `{}` is a generated answer. */
export const Step = named(
  'Step',
  z
    .object({
      text: z.string().nullable().optional().describe('The answer; null for none.'),
      textFile: FileReference.optional().describe('A file whose text is the answer.'),
      thinking: z
        .string()
        .optional()
        .describe('The reasoning; left out of the answer where the request did not want any.'),
      toolCalls: z.array(ScriptedCall).min(1).optional().describe('The tools to call.'),
      finishReason: z
        .enum(['stop', 'length', 'tool_calls'])
        .optional()
        .describe('Why the answer ends; told by what it holds when it is left out.'),
      usage: ScriptedUsage.optional(),
      error: ScriptedError.optional(),
      status: StatusCode.optional().describe('The status, in place of the usual one.'),
      headers: z.record(z.string()).optional().describe('Headers to add, by name.'),
      body: z
        .unknown()
        .optional()
        .describe('The whole body in place of a made one; it has to fit the response schema.'),
      bodyFile: FileReference.optional().describe('A file that is the whole body.'),
      raw: z
        .boolean()
        .optional()
        .describe('Send `body` as it is, whether or not LongCat could have sent it.'),
      delay: Delay.optional(),
      fault: z.union([FaultType, Fault]).optional().describe('What goes wrong on its way.'),
      stream: StreamPace.optional(),
      wire: WireForm.optional(),
      quirks: QuirkOverrides.optional(),
      times: z.number().int().min(1).optional().describe('How many requests this step answers.'),
    })
    .strict()
    .describe('One answer. What it leaves out is generated: `{}` is a generated answer.'),
);
export type Step = z.infer<typeof Step>;
