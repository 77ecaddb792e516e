import { defaultMaxTokens } from '../../contract/models.ts';
import type { JsonObject, JsonValue } from '../../exchange/json.ts';
import type { Format, PastCall, Prompt, Tool, ToolChoice, Turn } from '../../exchange/prompt.ts';
import {
  readContent,
  readList,
  readNumber,
  readObject,
  readObjects,
  readText,
  readTexts,
} from '../read.ts';

export function decode(body: JsonObject): Prompt {
  return {
    model: readText(body['model']) ?? '',
    streamed: body['stream'] === true,
    messages: readObjects(body['messages']).map(decodeTurn),
    tools: readObjects(body['tools']).map(decodeTool),
    toolChoice: decodeToolChoice(body['tool_choice']),
    parallelToolCalls: body['parallel_tool_calls'] !== false,
    thinking: { on: asksToThink(body), budget: readNumber(body['thinking_budget']) },
    maxTokens:
      readNumber(body['max_completion_tokens']) ??
      readNumber(body['max_tokens']) ??
      defaultMaxTokens,
    stop: readTexts(body['stop']),
    format: decodeFormat(readObject(body['response_format'])),
    choices: decodeChoices(body['n']),
    logprobs: body['logprobs'] === true ? decodeAlternatives(body['top_logprobs']) : undefined,
    usageAsked: readObject(body['stream_options'])['include_usage'] === true,
  };
}

/** LongCat thinks unless told not to; `reasoning_effort: none` was observed to stop it too. */
function asksToThink(body: JsonObject): boolean {
  return (
    readObject(body['thinking'])['type'] !== 'disabled' &&
    body['enable_thinking'] !== false &&
    body['reasoning_effort'] !== 'none'
  );
}

function decodeTurn(message: JsonObject): Turn {
  return {
    role: decodeRole(message['role']),
    text: readContent(message['content']),
    thinking: readText(message['reasoning_content']),
    toolCalls: message['tool_calls']
      ? readObjects(message['tool_calls']).map(decodeCall)
      : undefined,
    toolCallId: readText(message['tool_call_id']),
  };
}

function decodeRole(role: JsonValue | undefined): Turn['role'] {
  if (role === 'system' || role === 'developer') return 'system';
  if (role === 'tool' || role === 'function') return 'tool';
  return role === 'assistant' ? 'assistant' : 'user';
}

function decodeCall(call: JsonObject): PastCall {
  const custom = call['type'] === 'custom';
  const callee = readObject(custom ? call['custom'] : call['function']);
  return {
    id: readText(call['id']) ?? '',
    name: readText(callee['name']) ?? '',
    input: readText(custom ? callee['input'] : callee['arguments']) ?? '',
  };
}

function decodeTool(tool: JsonObject): Tool {
  const kind = tool['type'] === 'custom' ? 'custom' : 'function';
  const definition = readObject(tool[kind]);
  return {
    kind,
    name: readText(definition['name']) ?? '',
    description: readText(definition['description']),
    schema: definition['parameters'] ?? undefined,
  };
}

function decodeToolChoice(choice: JsonValue | undefined): ToolChoice {
  if (choice === 'none' || choice === 'required') return { mode: choice };
  const { type, allowed_tools: allowed } = readObject(choice);
  if (type === 'allowed_tools') {
    const { mode, tools } = readObject(allowed);
    return {
      mode: mode === 'required' ? 'required' : 'auto',
      names: readList(tools).flatMap(nameOf),
    };
  }
  if (type === 'function' || type === 'custom') {
    return { mode: 'required', names: nameOf(choice) };
  }
  return { mode: 'auto' };
}

/** The name in `{ type: 'function', function: { name } }`, or none. */
function nameOf(reference: JsonValue | undefined): string[] {
  const { function: called, custom } = readObject(reference);
  const name = readText(readObject(called ?? custom)['name']);
  return name === undefined ? [] : [name];
}

function decodeFormat({ type, json_schema: format }: JsonObject): Format {
  if (type === 'json_object') return { kind: 'json-object' };
  if (type !== 'json_schema') return { kind: 'text' };
  return { kind: 'json-schema', schema: readObject(format)['schema'] ?? undefined };
}

/** Bounded like the schema's `n` and `top_logprobs`, for a server that does not validate. */
const mostChoices = 128;
const mostAlternatives = 20;

function decodeChoices(count: JsonValue | undefined): number {
  return clamp(readNumber(count) ?? 1, 1, mostChoices);
}

function decodeAlternatives(count: JsonValue | undefined): number {
  return clamp(readNumber(count) ?? 0, 0, mostAlternatives);
}

function clamp(value: number, least: number, most: number): number {
  return Math.min(Math.max(Math.floor(value), least), most);
}
