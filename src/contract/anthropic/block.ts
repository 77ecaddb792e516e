import { z } from 'zod/v3';
import { named } from '../registry.ts';
import { open, unset } from '../shape.ts';

export const TextBlock = named(
  { id: 'MessageTextBlock', provenance: 'documented', description: 'A block of text.' },
  open({ type: z.literal('text'), text: z.string().describe('The text.') }),
);

const ThinkingBlock = named(
  {
    id: 'MessageThinkingBlock',
    provenance: 'sdk',
    description: 'The reasoning of an earlier answer, sent back.',
  },
  open({
    type: z.literal('thinking'),
    thinking: z.string().describe('The reasoning as text.'),
    signature: unset(z.string()).describe('As the answer had it.'),
  }),
);

const ToolUseBlock = named(
  {
    id: 'MessageToolUseBlock',
    provenance: 'sdk',
    description: 'The use of a tool in an earlier answer, sent back.',
  },
  open({
    type: z.literal('tool_use'),
    id: z.string().describe('The id of the use, which the result repeats.'),
    name: z.string().describe('The name of the tool.'),
    input: z.unknown().describe('What the tool was given.'),
  }),
);

const ToolResultPart = named(
  {
    id: 'MessageToolResultPart',
    provenance: 'sdk',
    description: 'A block of a tool’s result, such as text or an image.',
  },
  open({ type: z.string().describe('The kind of the block, such as `text`.') }),
);

const ToolResultBlock = named(
  {
    id: 'MessageToolResultBlock',
    provenance: 'sdk',
    description: 'What a tool came to, in a user’s turn.',
  },
  open({
    type: z.literal('tool_result'),
    tool_use_id: z.string().describe('The id of the use that it answers.'),
    content: unset(z.union([z.string(), z.array(ToolResultPart)])).describe(
      'The result, as text or in blocks.',
    ),
    is_error: unset(z.boolean()).describe('Whether the tool failed.'),
  }),
);

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

const OpaqueBlock = named(
  {
    id: 'MessageOtherBlock',
    provenance: 'sdk',
    description:
      'A block that Anthropic’s clients may send and LongCat does not document. Its other members are Anthropic’s.',
  },
  open({ type: z.enum(opaqueBlockTypes).describe('The kind of the block.') }),
);

export const MessageContentBlock = named(
  {
    id: 'MessageContentBlock',
    provenance: 'sdk',
    description:
      'A block of a turn. LongCat documents text; tool use is what its Claude Code guide relies on; the others are what the official clients send.',
  },
  z.discriminatedUnion('type', [
    TextBlock,
    ThinkingBlock,
    ToolUseBlock,
    ToolResultBlock,
    OpaqueBlock,
  ]),
);
