import { z } from 'zod/v3';
import { named } from '../registry.ts';
import { open, unset } from '../shape.ts';
import { AssistantContentPart, TextContent, UserContentPart } from './content.ts';

const PastFunction = named(
  {
    id: 'ChatPastFunction',
    provenance: 'sdk',
    description: 'The function that an earlier answer called, and what it was given.',
  },
  open({
    name: z.string().describe('The name of the function.'),
    arguments: z.string().describe('The arguments as JSON text.'),
  }),
);

const PastFunctionCall = named(
  {
    id: 'ChatPastFunctionCall',
    provenance: 'observed',
    description: 'A call of a function in an earlier answer.',
  },
  open({
    id: z.string().describe('The id of the call, which the tool’s turn repeats.'),
    type: z.literal('function'),
    function: PastFunction,
  }),
);

const PastCustom = named(
  {
    id: 'ChatPastCustom',
    provenance: 'sdk',
    description: 'The custom tool that an earlier answer called, and what it was given.',
  },
  open({
    name: z.string().describe('The name of the tool.'),
    input: z.string().describe('What the tool was given, as text.'),
  }),
);

const PastCustomCall = named(
  {
    id: 'ChatPastCustomCall',
    provenance: 'sdk',
    description: 'A call of a custom tool in an earlier answer.',
  },
  open({
    id: z.string().describe('The id of the call, which the tool’s turn repeats.'),
    type: z.literal('custom'),
    custom: PastCustom,
  }),
);

const PastToolCall = named(
  {
    id: 'ChatPastToolCall',
    provenance: 'sdk',
    description: 'A call in an earlier answer, sent back in the conversation.',
  },
  z.discriminatedUnion('type', [PastFunctionCall, PastCustomCall]),
);

const PastAudio = named(
  { id: 'ChatPastAudio', provenance: 'sdk', description: 'The spoken form of an earlier answer.' },
  open({ id: z.string().describe('The id that the answer gave it.') }),
);

const speaker = unset(z.string()).describe('Tells apart speakers of the same role.');

const SystemMessage = named(
  {
    id: 'ChatSystemMessage',
    provenance: 'documented',
    description: 'Instructions that hold for the whole conversation.',
  },
  open({ role: z.literal('system'), content: TextContent, name: speaker }),
);

const DeveloperMessage = named(
  {
    id: 'ChatDeveloperMessage',
    provenance: 'sdk',
    description: 'Instructions, by the role that newer OpenAI clients give them.',
  },
  open({ role: z.literal('developer'), content: TextContent, name: speaker }),
);

const UserMessage = named(
  { id: 'ChatUserMessage', provenance: 'documented', description: 'What the user said.' },
  open({
    role: z.literal('user'),
    content: z
      .union([z.string(), z.array(UserContentPart)])
      .describe('Text, or parts that may be more than text.'),
    name: speaker,
  }),
);

const AssistantMessage = named(
  {
    id: 'ChatAssistantMessage',
    provenance: 'documented',
    description: 'An earlier answer of the model, sent back in the conversation.',
  },
  open({
    role: z.literal('assistant'),
    content: unset(z.union([z.string(), z.array(AssistantContentPart)])).describe(
      'What it said; unset where it only called tools.',
    ),
    reasoning_content: unset(z.string()).describe(
      'The reasoning of this turn, replayed; LongCat accepts it.',
    ),
    refusal: unset(z.string()).describe('What it said where it declined.'),
    name: speaker,
    audio: unset(PastAudio),
    tool_calls: unset(z.array(PastToolCall)).describe('The tools it called.'),
    function_call: unset(PastFunction).describe('The older form of `tool_calls`.'),
  }),
);

const ToolMessage = named(
  {
    id: 'ChatToolMessage',
    provenance: 'observed',
    description: 'What a tool came to, in answer to a call.',
  },
  open({
    role: z.literal('tool'),
    content: TextContent,
    tool_call_id: z.string().describe('The id of the call that it answers.'),
  }),
);

const FunctionMessage = named(
  {
    id: 'ChatFunctionMessage',
    provenance: 'sdk',
    description: 'What a function came to, in the older form of tool turns.',
  },
  open({
    role: z.literal('function'),
    content: unset(z.string()).describe('What it came to.'),
    name: z.string().describe('The name of the function.'),
  }),
);

export const ChatMessage = named(
  {
    id: 'ChatMessage',
    provenance: 'sdk',
    description:
      'One turn. LongCat documents system, user and assistant; tool turns were observed; the others are what the official clients send.',
  },
  z.discriminatedUnion('role', [
    SystemMessage,
    DeveloperMessage,
    UserMessage,
    AssistantMessage,
    ToolMessage,
    FunctionMessage,
  ]),
);
