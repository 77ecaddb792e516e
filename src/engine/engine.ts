import { describeModel } from '../contract/models.ts';
import type { Prompt } from '../exchange/prompt.ts';
import type { Reply, Usage } from '../exchange/reply.ts';
import { identify } from '../generate/identity.ts';
import { countPrompt, type TokenCounter } from '../generate/prompt-tokens.ts';
import { createRandom, hashText, type Random } from '../generate/random.ts';
import { createGenerator } from '../generate/reply.ts';
import { countReply } from '../generate/reply-tokens.ts';
import type { Found } from '../recording/deck.ts';
import type { Fixture } from '../scenario/fixture.ts';
import { createRepertoire, type Repertoire } from '../scenario/repertoire.ts';
import type { Answer, Facts } from './answer.ts';
import { type Choice, chooseLayers } from './choose.ts';
import { findLimit, listDemands, listFitting, toCandidate } from './claim.ts';
import { type Clock, createTimekeeper, type Timekeeper } from './clock.ts';
import { createScriptEstimator, estimator } from './estimator.ts';
import { createJournal, type Journal } from './journal.ts';
import { createMemoryStore } from './memory.ts';
import { type Performance, perform } from './perform.ts';
import type { Question } from './question.ts';
import {
  answerElsewhere,
  findRecordings,
  type Recorder,
  replay,
  toRecordedCandidate,
} from './recorder.ts';
import {
  findByCode,
  refuseEvicted,
  refuseLimited,
  refuseOverflow,
  refuseUncounted,
} from './refusals.ts';
import { createSessions, type Session, type Sessions } from './session.ts';
import type { Claim, StateStore } from './state.ts';
import { explainUnmatched, type UnmatchedPolicy } from './unmatched.ts';

export interface Engine {
  answer(question: Question): Promise<Answer>;
  /** Of an answer that the engine was not asked for: a refusal. */
  describeRefusal(session: string, request: number): Facts;
  /** What may answer such a request; nothing is taken for it. */
  choose(asking: Parameters<typeof chooseLayers>[0]): ReturnType<typeof chooseLayers>;
  /** Of every session that has none of its own. */
  readonly clock: Timekeeper;
  readonly sessions: Sessions;
  readonly repertoire: Repertoire;
  readonly store: StateStore;
  readonly journal: Journal;
  readonly recorder: Recorder | undefined;
}

export interface EngineOptions {
  readonly seed?: string;
  readonly clock?: Clock;
  /** Counts for `usage` and the context window; an estimate by default. Limits cut by the estimate. */
  readonly counter?: TokenCounter | undefined;
  readonly repertoire?: Repertoire;
  /** Selected for every request that selects none. */
  readonly scenario?: string | undefined;
  /** What a request that no fixture fits gets: an error by default, if there was any fixture. */
  readonly onUnmatched?: UnmatchedPolicy | undefined;
  readonly store?: StateStore;
  readonly recorder?: Recorder | undefined;
}

/**
 * Decides what is answered: the first fixture that fits, of the session's, the scenario's and those
 * always active; else generated words.
 *
 * The words are a function of the seed and the conversation; the ids of the seed, the session, the
 * request and how often it was asked before. Neither depends on the order in which different
 * requests arrive.
 */
export function createEngine(options: EngineOptions = {}): Engine {
  const { seed = '', scenario, onUnmatched, recorder } = options;
  const counter = options.counter && tellCountErrors(options.counter);
  const { repertoire = createRepertoire(), store = createMemoryStore() } = options;
  const clock = createTimekeeper(options.clock);
  const journal = createJournal();
  const sessions = createSessions({ clock, onDrop: forget });
  const generator = createGenerator();
  const scriptEstimator = createScriptEstimator();
  let refusals = 0;

  function forget(session: string): void {
    store.reset(session);
    journal.clear(session);
  }

  function describeRefusal(name: string, request: number): Facts {
    const session = sessions.find(name);
    refusals += 1;
    const ids = createRandom(hashText(`${seed}\n${name}\nrefused\n${refusals}`));
    const time = session?.clock ?? clock;
    const created = toSeconds(time);
    return { source: 'refused', clock: time, request, id: ids.hex(32), created };
  }

  async function answer(question: Question): Promise<Answer> {
    try {
      return await decide(question);
    } catch (error) {
      if (!(error instanceof CountError)) throw error;
      const facts = describeRefusal(question.session, question.request);
      return { kind: 'failure', failure: refuseUncounted(error), facts };
    }
  }

  /** Awaits only what is not there yet: a promise for each step would cost as much as the step. */
  async function decide(question: Question): Promise<Answer> {
    const { subject, wishes, key, request } = question;
    const { prompt } = subject;
    const refuse = (
      failure: Extract<Answer, { kind: 'failure' }>['failure'],
      more: Partial<Facts> = {},
    ): Answer => ({
      kind: 'failure',
      failure,
      facts: { ...describeRefusal(question.session, request), ...more },
    });

    const session = sessions.open(question.session);
    if (session === 'evicted') return refuse(refuseEvicted(question.session));
    if (wishes.code !== undefined) {
      return refuse(findByCode(wishes.code), { selectedBy: 'prefer' });
    }
    const counted = countPrompt(prompt, counter ?? estimator);
    const inputTokens = typeof counted === 'number' ? counted : await counted;
    const { contextLength } = describeModel(prompt.model);
    const overflow =
      inputTokens > contextLength ? refuseOverflow(inputTokens, contextLength) : undefined;
    // Whatever the upstream says to it can be recorded.
    if (overflow && !recorder) return refuse(overflow);
    const chosen = chooseLayers({ wishes, session }, { repertoire, scenario });
    const choice = chosen instanceof Promise ? await chosen : chosen;
    if ('name' in choice) return refuse(choice);

    const fitting = listFitting(choice.layers, subject);
    const found = recorder && (await findRecordings(recorder, { subject, wishes }, session));
    const claiming = store.claim({
      session: session.name,
      now: session.clock.now(),
      candidates:
        found?.kind === 'recordings'
          ? [...fitting.map(toCandidate), toRecordedCandidate(found)]
          : fitting.map(toCandidate),
      demands: listDemands(choice.layers, subject, { inputTokens, key }),
      request,
    });
    const claim = claiming instanceof Promise ? await claiming : claiming;
    const violations = overflow?.message === undefined ? undefined : [overflow.message];
    const scene = { question, session, choice, fitting, found, claim, inputTokens, violations };
    const answered = settle(scene);
    return answered instanceof Promise ? await answered : answered;
  }

  function settle(scene: Scene): Answer | Promise<Answer> {
    const { question, session, claim, inputTokens, choice, found } = scene;
    const { request } = question;
    const { prompt } = question.subject;
    const sown = question.wishes.seed ?? session.seed ?? seed;
    const ids = createRandom(hashText(`${sown}\n${session.name}\n${request}\n${claim.ordinal}`));
    const facts: Facts = {
      source: 'generated',
      scenario: choice.scenario,
      selectedBy: choice.selectedBy,
      violations: scene.violations,
      clock: session.clock,
      request,
      id: ids.hex(32),
      created: toSeconds(session.clock),
    };
    switch (claim.kind) {
      case 'limited':
        return {
          kind: 'failure',
          failure: refuseLimited(claim.waitMs, findLimit(choice.layers, claim.bucket)),
          facts: { ...facts, source: 'refused' },
        };
      case 'none': {
        const elsewhere = answerElsewhere(found, onUnmatched, facts);
        if (elsewhere) return elsewhere;
        const unanswered = { question, layers: choice.layers, hindrances: claim.hindrances };
        const around = { repertoire, sessions, policy: onUnmatched };
        const failure = explainUnmatched(unanswered, around);
        if (failure) {
          const told = { ...facts, source: 'refused', unmatched: true } as const;
          return { kind: 'failure', failure, facts: told };
        }
        const { quirks } = session;
        const reply = write(prompt, { identity: identify(prompt, sown), ids, inputTokens });
        if (!(reply instanceof Promise)) return { kind: 'reply', reply, quirks, facts };
        return reply.then((written) => ({ kind: 'reply', reply: written, quirks, facts }));
      }
      case 'step':
        if (found?.kind === 'recordings' && claim.candidate === scene.fitting.length) {
          if (found.recordings.length > 1) remember(session);
          return replay(found, claim.step, { recorder, facts });
        }
        return play(scene, claim, { facts, ids, sown });
      default:
        return claim satisfies never;
    }
  }

  function play(
    { question, session, fitting, inputTokens }: Scene,
    claim: Extract<Claim, { kind: 'step' }>,
    { facts, ids, sown }: { readonly facts: Facts; readonly ids: Random; readonly sown: string },
  ): Answer | Promise<Answer> {
    const { request } = question;
    const { prompt } = question.subject;
    const fixture = fitting[claim.candidate] as Fixture; // the claim chose among these
    const { id, steps, sets } = fixture;
    if (steps.length > 1 || sets !== undefined) remember(session);
    const performance = perform(steps[claim.step] ?? steps[0], {
      prompt,
      ids,
      random: createRandom(hashText(`${sown}\n${id}\n${claim.step}\n${request}\n${claim.ordinal}`)),
      generate: () => write(prompt, { identity: identify(prompt, sown), ids, inputTokens }),
      countUsage: (reply) => countScripted(reply, prompt, inputTokens),
    });
    const told = { ...facts, source: 'fixture', fixture: id, step: claim.step } as const;
    return performance instanceof Promise
      ? performance.then((performed) => tell(performed, session, told))
      : tell(performance, session, told);
  }

  function countScripted(reply: Reply, prompt: Prompt, input: number): Usage | Promise<Usage> {
    const usage = countReply(reply, prompt, counter ?? scriptEstimator);
    return usage instanceof Promise
      ? usage.then((counted) => ({ ...counted, input }))
      : { ...usage, input };
  }

  function write(
    prompt: Prompt,
    input: Parameters<typeof generator.generate>[1],
  ): Reply | Promise<Reply> {
    const reply = generator.generate(prompt, input);
    return counter ? recount(reply, prompt, counter) : reply;
  }

  /** Its next answers depend on this one. */
  function remember({ name, hasHistory }: Session): void {
    if (!hasHistory) sessions.change(name, { hasHistory: true });
  }

  const choose: Engine['choose'] = (asking) => chooseLayers(asking, { repertoire, scenario });
  return { answer, describeRefusal, choose, clock, sessions, repertoire, store, journal, recorder };
}

/** A request, what could answer it, and what the state made of that. */
interface Scene {
  readonly question: Question;
  readonly session: Session;
  readonly choice: Choice;
  readonly fitting: readonly Fixture[];
  readonly found: Found | undefined;
  readonly claim: Claim;
  readonly inputTokens: number;
  readonly violations: readonly string[] | undefined;
}

function tell(performance: Performance, { quirks }: Session, facts: Facts): Answer {
  if (performance.kind !== 'reply') return { ...performance, facts };
  return { ...performance, quirks: { ...quirks, ...performance.quirks }, facts };
}

class CountError extends Error {}

function tellCountErrors(counter: TokenCounter): TokenCounter {
  return {
    async count(texts) {
      try {
        return await counter.count(texts);
      } catch (cause) {
        throw new CountError((cause as Error).message, { cause }); // rejected with no other
      }
    },
  };
}

async function recount(
  written: Reply | Promise<Reply>,
  prompt: Prompt,
  counter: TokenCounter,
): Promise<Reply> {
  const reply = await written;
  return { ...reply, usage: await countReply(reply, prompt, counter) };
}

function toSeconds(clock: Facts['clock']): number {
  return Math.floor(clock.now() / 1000);
}
