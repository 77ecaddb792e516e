import { defaultMaxTokens } from '../../contract/models.ts';
import { type JsonObject, type JsonValue, writeJson } from '../../exchange/json.ts';
import type {
  Format,
  PastCall,
  Prompt,
  Thinking,
  Tool,
  ToolChoice,
  Turn,
} from '../../exchange/prompt.ts';
import { readContent, readNumber, readObject, readObjects, readText, readTexts } from '../read.ts';

export function decode(body: JsonObject): Prompt {
  const toolChoice = readObject(body['tool_choice']);
  return {
    model: readText(body['model']) ?? '',
    streamed: body['stream'] === true,
    messages: [
      ...decodeSystem(body['system']),
      ...readObjects(body['messages']).flatMap(decodeTurns),
    ],
    tools: readObjects(body['tools']).map(decodeTool),
    toolChoice: decodeToolChoice(toolChoice),
    parallelToolCalls: toolChoice['disable_parallel_tool_use'] !== true,
    thinking: decodeThinking(readObject(body['thinking'])),
    maxTokens: readNumber(body['max_tokens']) ?? defaultMaxTokens,
    stop: readTexts(body['stop_sequences']),
    format: decodeFormat(readObject(readObject(body['output_config'])['format'])),
    choices: 1,
    usageAsked: true,
  };
}

function decodeSystem(system: JsonValue | undefined): Turn[] {
  const text = readContent(system);
  return text === '' ? [] : [{ role: 'system', text }];
}

/** One message is one turn, but for tool results: each is a turn of its own, after the text. */
function decodeTurns(message: JsonObject): Turn[] {
  const { role, content } = message;
  const blocks = readObjects(content);
  const text = typeof content === 'string' ? content : readContent(blocks.filter(isText));
  if (role === 'assistant') return [{ role, text, ...decodeAssistantBlocks(blocks) }];
  if (role === 'system') return [{ role, text }];

  const results = blocks.filter((block) => block['type'] === 'tool_result').map(decodeToolResult);
  return text === '' && results.length > 0 ? results : [{ role: 'user', text }, ...results];
}

function isText(block: JsonObject): boolean {
  return block['type'] === 'text';
}

function decodeAssistantBlocks(
  blocks: readonly JsonObject[],
): Pick<Turn, 'thinking' | 'toolCalls'> {
  const thinking = blocks.map((block) => readText(block['thinking']) ?? '').join('');
  const calls = blocks.filter((block) => block['type'] === 'tool_use').map(decodeCall);
  return {
    thinking: thinking === '' ? undefined : thinking,
    toolCalls: calls.length > 0 ? calls : undefined,
  };
}

function decodeCall(block: JsonObject): PastCall {
  return {
    id: readText(block['id']) ?? '',
    name: readText(block['name']) ?? '',
    input: writeJson(readObject(block['input'])),
  };
}

function decodeToolResult(block: JsonObject): Turn {
  return {
    role: 'tool',
    text: readContent(block['content']),
    toolCallId: readText(block['tool_use_id']),
  };
}

function decodeTool(tool: JsonObject): Tool {
  return {
    kind: 'function',
    name: readText(tool['name']) ?? readText(tool['type']) ?? '',
    description: readText(tool['description']),
    schema: tool['input_schema'] ?? undefined,
  };
}

function decodeToolChoice({ type, name }: JsonObject): ToolChoice {
  switch (type) {
    case 'none':
      return { mode: 'none' };
    case 'any':
      return { mode: 'required' };
    case 'tool':
      return { mode: 'required', names: [readText(name) ?? ''] };
    default:
      return { mode: 'auto' };
  }
}

const thinkingTypes: readonly unknown[] = ['enabled', 'adaptive', 'between_tools'];

function decodeThinking({ type, budget_tokens: budget, display }: JsonObject): Thinking {
  return {
    on: thinkingTypes.includes(type),
    budget: readNumber(budget),
    hidden: display === 'omitted',
  };
}

function decodeFormat({ type, schema }: JsonObject): Format {
  return type === 'json_schema' ? { kind: 'json-schema', schema } : { kind: 'text' };
}
