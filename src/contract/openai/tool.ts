import { z } from 'zod/v3';
import { named } from '../registry.ts';
import { AnyObject, open, unset } from '../shape.ts';

const FunctionDefinition = named(
  { id: 'ChatFunctionDefinition', provenance: 'sdk', description: 'What a function is.' },
  open({
    name: z.string().describe('The name by which the model calls it.'),
    description: unset(z.string()).describe('What it does: the model decides by it.'),
    parameters: unset(AnyObject).describe('A JSON Schema of the arguments.'),
    strict: unset(z.boolean()).describe('Whether the arguments have to keep to the schema.'),
  }),
);

const FunctionTool = named(
  {
    id: 'ChatFunctionTool',
    provenance: 'sdk',
    description: 'A function of the client’s, with arguments by a JSON Schema.',
  },
  open({ type: z.literal('function'), function: FunctionDefinition }),
);

const TextFormat = named(
  { id: 'ChatCustomTextFormat', provenance: 'sdk', description: 'The input is free text.' },
  open({ type: z.literal('text') }),
);

const Grammar = named(
  { id: 'ChatGrammar', provenance: 'sdk', description: 'A grammar for the input of a tool.' },
  open({
    definition: z.string().describe('The grammar itself.'),
    syntax: z.enum(['lark', 'regex']).describe('The language that it is written in.'),
  }),
);

const GrammarFormat = named(
  {
    id: 'ChatCustomGrammarFormat',
    provenance: 'sdk',
    description: 'The input keeps to a grammar.',
  },
  open({ type: z.literal('grammar'), grammar: Grammar }),
);

const CustomFormat = named(
  {
    id: 'ChatCustomFormat',
    provenance: 'sdk',
    description: 'The form of a custom tool’s input; free text when it is unset.',
  },
  z.discriminatedUnion('type', [TextFormat, GrammarFormat]),
);

const CustomDefinition = named(
  { id: 'ChatCustomDefinition', provenance: 'sdk', description: 'What a custom tool is.' },
  open({
    name: z.string().describe('The name by which the model calls it.'),
    description: unset(z.string()).describe('What it does: the model decides by it.'),
    format: unset(CustomFormat),
  }),
);

const CustomTool = named(
  {
    id: 'ChatCustomTool',
    provenance: 'sdk',
    description: 'A tool of the client’s that takes text.',
  },
  open({ type: z.literal('custom'), custom: CustomDefinition }),
);

export const ChatTool = named(
  {
    id: 'ChatTool',
    provenance: 'sdk',
    description: 'A tool the model may call. LongCat lists `tools` among its parameters.',
  },
  z.discriminatedUnion('type', [FunctionTool, CustomTool]),
);

const ToolChoiceMode = named(
  {
    id: 'ChatToolChoiceMode',
    provenance: 'sdk',
    description: 'Whether the model calls a tool: never, as it likes, or in any case.',
  },
  z.enum(['none', 'auto', 'required']),
);

export const ToolName = named(
  { id: 'ChatToolName', provenance: 'sdk', description: 'A tool by its name.' },
  open({ name: z.string().describe('The name that the tool has in the request.') }),
);

const FunctionChoice = named(
  {
    id: 'ChatFunctionChoice',
    provenance: 'sdk',
    description: 'The model has to call this function.',
  },
  open({ type: z.literal('function'), function: ToolName }),
);

const CustomChoice = named(
  {
    id: 'ChatCustomChoice',
    provenance: 'sdk',
    description: 'The model has to call this custom tool.',
  },
  open({ type: z.literal('custom'), custom: ToolName }),
);

const AllowedTools = named(
  {
    id: 'ChatAllowedTools',
    provenance: 'sdk',
    description: 'The tools of the request that may be called.',
  },
  open({
    mode: z.enum(['auto', 'required']).describe('Whether one of them has to be called.'),
    tools: z.array(AnyObject).describe('The tools, each by its type and name.'),
  }),
);

const AllowedToolsChoice = named(
  {
    id: 'ChatAllowedToolsChoice',
    provenance: 'sdk',
    description: 'The model has to choose among some of the tools.',
  },
  open({ type: z.literal('allowed_tools'), allowed_tools: AllowedTools }),
);

const ToolSelection = named(
  {
    id: 'ChatToolSelection',
    provenance: 'sdk',
    description: 'The tool that has to be called, or those that may be.',
  },
  z.discriminatedUnion('type', [FunctionChoice, CustomChoice, AllowedToolsChoice]),
);

export const ChatToolChoice = named(
  { id: 'ChatToolChoice', provenance: 'sdk', description: 'Which tool the model has to call.' },
  z.union([ToolChoiceMode, ToolSelection]),
);
