import { z } from 'zod/v3';
import { maxThinkingBudget } from '../models.ts';
import { named } from '../registry.ts';
import { AnyObject, integer, open, unset } from '../shape.ts';
import { MessageContentBlock, TextBlock } from './block.ts';
import { MessageTool, MessageToolChoice } from './tool.ts';

export const MessageParam = named(
  {
    id: 'MessageParam',
    provenance: 'sdk',
    description:
      'One turn. LongCat documents user and assistant; clients also send system turns inside the list.',
  },
  open({
    role: z.enum(['user', 'assistant', 'system']).describe('Who said it.'),
    content: z
      .union([z.string(), z.array(MessageContentBlock)])
      .describe('What was said, as text or in blocks.'),
  }),
);

const Thinking = named(
  {
    id: 'MessageThinking',
    provenance: 'documented',
    description: 'Whether the answer begins with the reasoning; it does not by default.',
  },
  open({
    type: z
      .enum(['enabled', 'disabled', 'adaptive', 'between_tools'])
      .describe('All but `disabled` switch it on.'),
    budget_tokens: unset(integer().min(0).max(maxThinkingBudget)).describe(
      'The limit of the reasoning in tokens.',
    ),
    display: unset(z.enum(['summarized', 'omitted'])).describe('How the reasoning is shown.'),
  }),
);

const OutputFormat = named(
  {
    id: 'MessageOutputFormat',
    provenance: 'sdk',
    description: 'The text of the answer is JSON by a schema.',
  },
  open({ type: z.literal('json_schema'), schema: AnyObject.describe('The JSON Schema.') }),
);

const OutputConfig = named(
  { id: 'MessageOutputConfig', provenance: 'sdk', description: 'How the answer is made.' },
  open({
    effort: unset(z.enum(['low', 'medium', 'high', 'xhigh', 'max'])).describe(
      'How much to put into the answer.',
    ),
    format: unset(OutputFormat),
  }),
);

const Metadata = named(
  {
    id: 'MessageMetadata',
    provenance: 'sdk',
    description: 'What the client notes of the request.',
  },
  open({ user_id: unset(z.string()).describe('The client’s own name for its user.') }),
);

const CacheControl = named(
  {
    id: 'MessageCacheControl',
    provenance: 'sdk',
    description: 'How the prompt is cached; LongCat does not document it.',
  },
  open({ type: z.string().describe('Such as `ephemeral`.') }),
);

const Container = named(
  {
    id: 'MessageContainer',
    provenance: 'sdk',
    description: 'Where Anthropic’s tools run; LongCat does not document it.',
  },
  open({ id: unset(z.string()).describe('That of an earlier container.') }),
);

const ContextEdit = named(
  {
    id: 'MessageContextEdit',
    provenance: 'sdk',
    description: 'One way to shorten the conversation.',
  },
  open({ type: z.string().describe('Which way, with its version.') }),
);

const ContextManagement = named(
  {
    id: 'MessageContextManagement',
    provenance: 'sdk',
    description: 'How a long conversation is shortened; LongCat does not document it.',
  },
  open({ edits: unset(z.array(ContextEdit)).describe('What to do, in this order.') }),
);

/** What LongCat documents (LongCat docs, Messages), and the ranges it checks on the other format. */
const documentedMembers = {
  model: z.string().describe('The exact, case-sensitive name of a model, such as `LongCat-2.0`.'),
  messages: z
    .array(MessageParam)
    .min(1)
    .describe('The conversation so far, the oldest turn first.'),
  max_tokens: unset(integer().min(0)).describe(
    'The output limit in tokens, thinking included. Optional, unlike Anthropic’s; 32768 when unset.',
  ),
  stream: unset(z.boolean()).describe('Answer with server-sent events.'),
  temperature: unset(z.number()).describe('Never refused: LongCat sets its own.'),
  top_p: unset(z.number().gt(0).lte(1)).describe('The share of probability to sample from.'),
  system: unset(z.union([z.string(), z.array(z.discriminatedUnion('type', [TextBlock]))])).describe(
    'Instructions that hold for the whole conversation.',
  ),
  thinking: unset(Thinking),
};

/** What the official clients send as well. */
const clientMembers = {
  stop_sequences: unset(z.array(z.string())).describe('Strings at which the text ends.'),
  tools: unset(z.array(MessageTool)).describe('The tools that the model may use.'),
  tool_choice: unset(MessageToolChoice),
  output_config: unset(OutputConfig),
  top_k: unset(integer().min(-1).max(100)).describe(
    'How many of the likeliest tokens to sample from; -1 switches it off.',
  ),
  metadata: unset(Metadata),
  service_tier: unset(z.string()).describe('LongCat has one tier.'),
  cache_control: unset(CacheControl),
  container: unset(z.union([z.string(), Container])).describe(
    'Where Anthropic’s tools run, by its id or as an object; LongCat does not document it.',
  ),
  context_management: unset(ContextManagement),
  mcp_servers: unset(z.array(AnyObject)).describe(
    'Servers of tools; LongCat does not document it.',
  ),
  diagnostics: unset(AnyObject).describe('No effect on LongCat’s answers.'),
  inference_geo: unset(z.string()).describe('No effect on LongCat’s answers.'),
  speed: unset(z.string()).describe('No effect on LongCat’s answers.'),
};

export const MessageRequest = named(
  {
    id: 'MessageRequest',
    provenance: 'documented',
    description:
      'The body of a message request. Members that are not listed are accepted and ignored.',
  },
  open({ ...documentedMembers, ...clientMembers }),
);
export type MessageRequest = z.infer<typeof MessageRequest>;
