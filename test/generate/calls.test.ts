import { expect, it } from 'vitest';
import type { Prompt, Tool, ToolChoice, Turn } from '../../src/exchange/prompt.ts';
import { chooseTools } from '../../src/generate/calls.ts';

const tools: readonly Tool[] = ['get_weather', 'get_time', 'get'].map((name) => ({
  kind: 'function',
  name,
}));

interface Case {
  readonly says?: string;
  readonly choice?: ToolChoice;
  readonly parallel?: boolean;
  readonly next?: readonly Turn[];
}

function choose({
  says = 'Hi',
  choice = { mode: 'auto' },
  parallel = true,
  next = [],
}: Case): string[] {
  const prompt: Prompt = {
    model: 'LongCat-2.0',
    streamed: false,
    messages: [{ role: 'user', text: says }, ...next],
    tools,
    toolChoice: choice,
    parallelToolCalls: parallel,
    thinking: { on: false },
    maxTokens: 100,
    stop: [],
    format: { kind: 'text' },
    choices: 1,
    usageAsked: false,
  };
  return chooseTools(prompt).map(({ name }) => name);
}

const call: Turn = {
  role: 'assistant',
  text: '',
  toolCalls: [{ id: 'a', name: 'get_time', input: '{}' }],
};

it.each<[string, Case, readonly string[]]>([
  ['auto calls nothing that is not named', { says: 'What is the weather?' }, []],
  ['auto calls the tool that is named', { says: 'Please get_weather.' }, ['get_weather']],
  ['a name inside another word is no name', { says: 'forget_weather get_weather2' }, []],
  ['a hyphen is part of a name', { says: 'get-weather' }, []],
  [
    'two names are two calls, in the order of the text',
    { says: 'get_time, get_weather' },
    ['get_time', 'get_weather'],
  ],
  [
    'without parallel calls the first one is made',
    { says: 'get_time, get_weather', parallel: false },
    ['get_time'],
  ],
  ['none is none', { says: 'get_time', choice: { mode: 'none' } }, []],
  [
    'required takes the first tool when none is named',
    { choice: { mode: 'required' } },
    ['get_weather'],
  ],
  [
    'required takes the named one',
    { says: 'get_time', choice: { mode: 'required' } },
    ['get_time'],
  ],
  [
    'a tool that has to be called is called',
    { choice: { mode: 'required', names: ['get_time'] } },
    ['get_time'],
  ],
  [
    'only allowed tools are called',
    { says: 'get_time get', choice: { mode: 'auto', names: ['get'] } },
    ['get'],
  ],
  [
    'a tool that was not offered cannot be called',
    { choice: { mode: 'required', names: ['nope'] } },
    [],
  ],
  [
    'after a tool’s result comes text',
    { says: 'get_time', next: [call, { role: 'tool', text: '12:00' }] },
    [],
  ],
  [
    'after a tool’s result comes text, even where a call is required',
    { choice: { mode: 'required' }, next: [call, { role: 'tool', text: '12:00' }] },
    [],
  ],
  [
    'after a tool’s result comes text, whatever the system says then',
    {
      says: 'get_time',
      next: [call, { role: 'tool', text: '12:00' }, { role: 'system', text: 'Be brief.' }],
    },
    [],
  ],
  [
    'after a tool’s result comes text, also where the client begins it',
    {
      says: 'get_time',
      next: [call, { role: 'tool', text: '12:00' }, { role: 'assistant', text: 'It is' }],
    },
    [],
  ],
  [
    'a tool that has to be called by name, and was not, is called after another’s result',
    {
      choice: { mode: 'required', names: ['get_weather'] },
      next: [call, { role: 'tool', text: '12:00' }],
    },
    ['get_weather'],
  ],
  [
    'a tool that has to be called by name is called once',
    {
      choice: { mode: 'required', names: ['get_time'] },
      next: [call, { role: 'tool', text: '12:00' }],
    },
    [],
  ],
  [
    'the newest user message counts',
    {
      says: 'get_time',
      next: [
        call,
        { role: 'tool', text: '' },
        { role: 'assistant', text: '12:00' },
        { role: 'user', text: 'Thanks' },
      ],
    },
    [],
  ],
])('%s', (_case, asked, names) => {
  expect(choose(asked)).toEqual(names);
});

it('a tool without a name is named by no text', () => {
  const prompt = { messages: [{ role: 'user', text: 'Hi, there' }] } as const;
  const nameless = { ...prompt, tools: [{ kind: 'function', name: '' }] } as const;
  const open = { toolChoice: { mode: 'auto' }, parallelToolCalls: true } as const;

  expect(chooseTools({ ...nameless, ...open } as unknown as Prompt)).toEqual([]);
});
