import { streamFaults } from '../exchange/delivery.ts';
import type { Match } from '../scenario/match-schema.ts';
import type { Step } from '../scenario/step-schema.ts';
import { type Call, readPrompt } from './call.ts';
import { findVariance, isLongCatModel, matchCall, refineMatch } from './call-match.ts';
import type { Draft, Imported } from './draft.ts';
import { joinConditions } from './join.ts';
import type { Leftover, Loss } from './leftover.ts';
import { readAnswer } from './read-answer.ts';
import { sendRaw } from './read-error.ts';
import { redactDraft } from './redact.ts';
import { paceStep } from './timing.ts';

export interface CallOptions {
  readonly file: string;
  /** Whether the answers take the time that they took. */
  readonly timing?: boolean | undefined;
}

/** Fixtures that answer recorded requests as they were answered; one repeated is a sequence. */
export function importCalls(calls: readonly Call[], options: CallOptions): Imported {
  const answered = calls.map((call) => readCall(call, options));
  const groups = groupBy(answered, ({ match }) => JSON.stringify(match)).flatMap(splitGroup);
  const drafts = groups.map((group) => draftGroup(group, options));
  return {
    drafts: drafts.map(({ draft }) => draft),
    leftovers: answered.flatMap(({ leftovers }) => leftovers),
    notices: [...noticeModels(answered), ...drafts.flatMap(({ notices }) => notices)],
  };
}

interface Answered {
  readonly call: Call;
  readonly match: Match;
  readonly step: Step;
  readonly leftovers: readonly Leftover[];
}

function readCall(call: Call, { file, timing }: CallOptions): Answered {
  const reading = readAnswer(call.answer);
  const foreign = reading.api !== undefined && reading.api !== call.api;
  const step = foreign ? sendRaw(call.answer) : reading.step;
  const losses = [...(foreign ? [] : reading.losses), ...findHiddenThinking(call, step)];
  const prompt = readPrompt(call);
  return {
    call,
    match: matchCall(call),
    step: timing && call.timing ? paceStep(step, call.timing, prompt.streamed) : step,
    leftovers: losses.map((loss) => ({ file, entry: call.entry, ...loss })),
  };
}

function findHiddenThinking(call: Call, { thinking }: Step): readonly Loss[] {
  if (thinking === undefined || readPrompt(call).thinking.on) return [];
  const why = 'the request did not ask for it, and LongCat then shows none';
  return [{ what: 'the thinking', why }];
}

/** Requests with the same words that still differ get the conditions that tell them apart. */
function splitGroup(group: readonly Answered[]): readonly (readonly Answered[])[] {
  const breaks = breaksOff(group);
  const variance = findVariance(group.map(({ call }) => call));
  const refined = group.map((each) => {
    const extra = refineMatch(each.call, variance);
    const { streamed } = readPrompt(each.call);
    const more = { ...extra, ...(breaks && { stream: streamed }) };
    const match = joinConditions(each.match, more) ?? each.match;
    return { ...each, match };
  });
  return groupBy(refined, ({ match }) => JSON.stringify(match));
}

function breaksOff(group: readonly Answered[]): boolean {
  return group.some(({ step }) => isStreamFault(step));
}

function isStreamFault({ fault }: Step): boolean {
  const type = typeof fault === 'string' ? fault : fault?.type;
  return streamFaults.some((each) => each === type);
}

function draftGroup(
  group: readonly Answered[],
  { file }: CallOptions,
): { readonly draft: Draft; readonly notices: readonly string[] } {
  const [first] = group as readonly [Answered]; // no group is empty
  const entries = group.map(({ call }) => call.entry.replace(/^\D+/, '')).join(', ');
  const entry = group.length === 1 ? first.call.entry : `entries ${entries}`;
  const steps = countRepeats(group.map(({ step }) => step));
  const fixture = {
    description: [first.call.target, entry].filter(Boolean).join(', '),
    match: first.match,
    respond: steps.length === 1 && steps[0] ? withoutTimes(steps[0]) : [...steps],
  };
  const secrets = group.flatMap(({ call }) => call.secrets ?? []);
  const { draft, found } = redactDraft({ file, entry, fixture }, secrets);
  const notices = [
    ...(found ? [`${file}: ${entry}: something that looks like a key was left out.`] : []),
    ...(steps.length > 1 && tellsApart(group)
      ? [
          `${file}: ${entry}: the requests differ in what no fixture looks at: answered in this order.`,
        ]
      : []),
  ];
  return { draft, notices };
}

/** Whether requests that one fixture answers are not the same. */
function tellsApart(group: readonly Answered[]): boolean {
  const prompts = group.map(({ call }) => {
    const { streamed: _, usageAsked: __, ...prompt } = readPrompt(call);
    const messages = prompt.messages.map(({ role, text }) => ({ role, text }));
    return JSON.stringify({ ...prompt, messages });
  });
  return new Set(prompts).size > 1;
}

/** The same answer several times in a row is one step. */
function countRepeats(steps: readonly Step[]): readonly Step[] {
  const counted: Step[] = [];
  for (const step of steps) {
    const last = counted.at(-1);
    const { times = 1, ...content } = last ?? {};
    if (last && JSON.stringify(content) === JSON.stringify(step)) {
      counted[counted.length - 1] = { ...step, times: times + 1 };
    } else {
      counted.push(step);
    }
  }
  return counted;
}

function withoutTimes({ times: _, ...step }: Step): Step {
  return step;
}

function noticeModels(answered: readonly Answered[]): readonly string[] {
  const models = new Set(answered.map(({ call }) => readPrompt(call).model));
  const foreign = [...models].filter((model) => !isLongCatModel(model));
  if (foreign.length === 0) return [];
  const names = foreign.map((model) => `"${model}"`).join(', ');
  return [`LongCat has no model ${names}: the fixtures of these calls fit every model.`];
}

function groupBy<Item>(
  items: readonly Item[],
  keyOf: (item: Item) => string,
): readonly (readonly Item[])[] {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return [...groups.values()];
}
