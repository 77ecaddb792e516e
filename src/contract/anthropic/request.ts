import { z } from 'zod/v3';
import { maxThinkingBudget } from '../models.ts';
import { named } from '../registry.ts';
import { AnyObject, integer, open, unset } from '../shape.ts';

const TextBlock = open({ type: z.literal('text'), text: z.string() });

/** Blocks whose members the mock does not read: only their type has to be right. */
const opaqueBlockTypes = [
  'image',
  'document',
  'search_result',
  'redacted_thinking',
  'server_tool_use',
  'web_search_tool_result',
  'web_fetch_tool_result',
  'code_execution_tool_result',
  'bash_code_execution_tool_result',
  'text_editor_code_execution_tool_result',
  'tool_search_tool_result',
  'container_upload',
  'mcp_tool_use',
  'mcp_tool_result',
  'mcp_tool_listing',
  'advisor_tool_result',
  'tool_addition',
  'tool_removal',
  'fallback',
  'compaction',
] as const;

const OpaqueBlock = open({ type: z.enum(opaqueBlockTypes) });

const ToolResultBlock = open({
  type: z.literal('tool_result'),
  tool_use_id: z.string(),
  content: unset(z.union([z.string(), z.array(open({ type: z.string() }))])),
  is_error: unset(z.boolean()),
});

export const MessageContentBlock = named(
  {
    id: 'MessageContentBlock',
    provenance: 'sdk',
    description:
      'A block of a turn. LongCat documents text; tool use is what its Claude Code guide relies on; the others are what the official clients send.',
  },
  z.discriminatedUnion('type', [
    TextBlock,
    open({ type: z.literal('thinking'), thinking: z.string(), signature: unset(z.string()) }),
    open({
      type: z.literal('tool_use'),
      id: z.string(),
      name: z.string(),
      input: z.unknown(),
    }),
    ToolResultBlock,
    OpaqueBlock,
  ]),
);

export const MessageParam = named(
  {
    id: 'MessageParam',
    provenance: 'sdk',
    description:
      'One turn. LongCat documents user and assistant; clients also send system turns inside the list.',
  },
  open({
    role: z.enum(['user', 'assistant', 'system']),
    content: z.union([z.string(), z.array(MessageContentBlock)]),
  }),
);

export const MessageTool = named(
  {
    id: 'MessageTool',
    provenance: 'sdk',
    description: 'A tool of the client’s own, or one of Anthropic’s by its type.',
  },
  z.union([
    open({
      name: z.string(),
      input_schema: AnyObject.describe('A JSON Schema of the input.'),
      type: unset(z.literal('custom')),
      description: unset(z.string()),
      strict: unset(z.boolean()),
    }),
    open({ type: z.string(), name: unset(z.string()) }),
  ]),
);

export const MessageToolChoice = named(
  { id: 'MessageToolChoice', provenance: 'sdk', description: 'Which tool the model has to call.' },
  z.discriminatedUnion('type', [
    open({ type: z.literal('auto'), disable_parallel_tool_use: unset(z.boolean()) }),
    open({ type: z.literal('any'), disable_parallel_tool_use: unset(z.boolean()) }),
    open({
      type: z.literal('tool'),
      name: z.string(),
      disable_parallel_tool_use: unset(z.boolean()),
    }),
    open({ type: z.literal('none') }),
  ]),
);

/** What LongCat documents (LongCat docs, Messages), and the ranges it checks on the other format. */
const documentedMembers = {
  model: z.string().describe('The exact, case-sensitive name of a model.'),
  messages: z.array(MessageParam).min(1),
  max_tokens: unset(integer().min(0)).describe(
    'The output limit in tokens, thinking included. Optional, unlike Anthropic’s; 32768 when unset.',
  ),
  stream: unset(z.boolean()).describe('Answer with server-sent events.'),
  temperature: unset(z.number()).describe('Never refused: LongCat sets its own.'),
  top_p: unset(z.number().gt(0).lte(1)),
  system: unset(z.union([z.string(), z.array(z.discriminatedUnion('type', [TextBlock]))])),
  thinking: unset(
    open({
      type: z.enum(['enabled', 'disabled', 'adaptive', 'between_tools']),
      budget_tokens: unset(integer().min(0).max(maxThinkingBudget)),
      display: unset(z.enum(['summarized', 'omitted'])),
    }),
  ).describe('Whether the answer begins with the reasoning; it does not by default.'),
};

/** What the official clients send as well. */
const clientMembers = {
  stop_sequences: unset(z.array(z.string())),
  tools: unset(z.array(MessageTool)),
  tool_choice: unset(MessageToolChoice),
  output_config: unset(
    open({
      effort: unset(z.enum(['low', 'medium', 'high', 'xhigh', 'max'])),
      format: unset(open({ type: z.literal('json_schema'), schema: AnyObject })),
    }),
  ),
  top_k: unset(integer().min(-1).max(100)),
  metadata: unset(open({ user_id: unset(z.string()) })),
  service_tier: unset(z.string()),
  cache_control: unset(open({ type: z.string() })),
  container: unset(z.union([z.string(), AnyObject])),
  context_management: unset(open({ edits: unset(z.array(open({ type: z.string() }))) })),
  mcp_servers: unset(z.array(AnyObject)),
  diagnostics: unset(AnyObject),
  inference_geo: unset(z.string()),
  speed: unset(z.string()),
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
