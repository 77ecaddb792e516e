import { z } from 'zod/v3';
import { named } from '../registry.ts';
import { AnyObject, open, unset } from '../shape.ts';

const ClientTool = named(
  {
    id: 'MessageClientTool',
    provenance: 'sdk',
    description: 'A tool of the client’s own.',
  },
  open({
    name: z.string().describe('The name by which the model uses it.'),
    input_schema: AnyObject.describe('A JSON Schema of the input.'),
    type: unset(z.literal('custom')),
    description: unset(z.string()).describe('What it does: the model decides by it.'),
    strict: unset(z.boolean()).describe('Whether the input has to keep to the schema.'),
  }),
);

const ServerTool = named(
  {
    id: 'MessageServerTool',
    provenance: 'sdk',
    description: 'One of Anthropic’s tools, which LongCat does not document.',
  },
  open({
    type: z.string().describe('Which tool, with its version: such as `web_search_20250305`.'),
    name: unset(z.string()).describe('The name by which the model uses it.'),
  }),
);

export const MessageTool = named(
  {
    id: 'MessageTool',
    provenance: 'sdk',
    description: 'A tool of the client’s own, or one of Anthropic’s by its type.',
  },
  z.union([ClientTool, ServerTool]),
);

const single = unset(z.boolean()).describe('Whether one answer may use one tool at most.');

const AutoChoice = named(
  { id: 'MessageAutoToolChoice', provenance: 'sdk', description: 'The model decides.' },
  open({ type: z.literal('auto'), disable_parallel_tool_use: single }),
);

const AnyChoice = named(
  {
    id: 'MessageAnyToolChoice',
    provenance: 'sdk',
    description: 'The model has to use a tool, whichever it is.',
  },
  open({ type: z.literal('any'), disable_parallel_tool_use: single }),
);

const ToolChoice = named(
  {
    id: 'MessageNamedToolChoice',
    provenance: 'sdk',
    description: 'The model has to use this tool.',
  },
  open({
    type: z.literal('tool'),
    name: z.string().describe('The name that the tool has in the request.'),
    disable_parallel_tool_use: single,
  }),
);

const NoChoice = named(
  { id: 'MessageNoToolChoice', provenance: 'sdk', description: 'The model uses no tool.' },
  open({ type: z.literal('none') }),
);

export const MessageToolChoice = named(
  { id: 'MessageToolChoice', provenance: 'sdk', description: 'Which tool the model has to call.' },
  z.discriminatedUnion('type', [AutoChoice, AnyChoice, ToolChoice, NoChoice]),
);
