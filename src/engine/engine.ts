import { describeModel } from '../contract/models.ts';
import type { Reply } from '../exchange/reply.ts';
import { identify } from '../generate/identity.ts';
import { countPrompt, type TokenCounter } from '../generate/prompt-tokens.ts';
import { createRandom, hashText } from '../generate/random.ts';
import { createGenerator } from '../generate/reply.ts';
import { countReply } from '../generate/reply-tokens.ts';
import type { Recording } from '../recording/cassette.ts';
import type { Found, Played } from '../recording/deck.ts';
import type { Fixture } from '../scenario/fixture.ts';
import { createRepertoire, type Repertoire } from '../scenario/repertoire.ts';
import type { Answer, Facts } from './answer.ts';
import { type Choice, chooseLayers } from './choose.ts';
import { findLimit, listDemands, listFitting, toCandidate } from './claim.ts';
import { type Clock, createTimekeeper, type Timekeeper } from './clock.ts';
import { estimator } from './estimator.ts';
import { createJournal, type Journal } from './journal.ts';
import { createMemoryStore } from './memory.ts';
import { perform } from './perform.ts';
import type { Question } from './question.ts';
import {
  findRecordings,
  type Recorder,
  refuseUnrecorded,
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
  let refusals = 0;

  function forget(session: string): void {
    store.reset(session);
    journal.clear(session);
  }

  function describeRefusal(name: string, request: number): Facts {
    const session = sessions.find(name);
    refusals += 1;
    const ids = createRandom(hashText(`${seed}\n${name}\nrefused\n${refusals}`));
    return stampFacts(session?.clock ?? clock, ids.hex(32), request);
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
    const inputTokens = await countPrompt(prompt, counter ?? estimator);
    const { contextLength } = describeModel(prompt.model);
    const overflow =
      inputTokens > contextLength ? refuseOverflow(inputTokens, contextLength) : undefined;
    // Whatever the upstream says to it can be recorded.
    if (overflow && !recorder) return refuse(overflow);
    const choice = await chooseLayers({ wishes, session }, { repertoire, scenario });
    if ('name' in choice) return refuse(choice);

    const fitting = listFitting(choice.layers, subject);
    const found =
      recorder &&
      (await findRecordings(recorder, { ...subject, cassette: wishes.cassette }, session));
    const claim = await store.claim({
      session: session.name,
      now: session.clock.now(),
      candidates: [
        ...fitting.map(toCandidate),
        ...(found?.kind === 'recordings' ? [toRecordedCandidate(found)] : []),
      ],
      demands: listDemands(choice.layers, subject, { inputTokens, key }),
      request,
    });
    const violations = overflow?.message === undefined ? undefined : [overflow.message];
    return settle({ question, session, choice, fitting, found, claim, inputTokens, violations });
  }

  async function settle(scene: Scene): Promise<Answer> {
    const { question, session, claim, inputTokens, fitting, choice, found, violations } = scene;
    const { request } = question;
    const { prompt } = question.subject;
    const sown = question.wishes.seed ?? session.seed ?? seed;
    const ids = createRandom(hashText(`${sown}\n${session.name}\n${request}\n${claim.ordinal}`));
    const stamp = stampFacts(session.clock, ids.hex(32), request);
    const facts: Facts = { ...stamp, ...describeChoice(choice), violations };

    if (claim.kind === 'limited') {
      return {
        kind: 'failure',
        failure: refuseLimited(claim.waitMs, findLimit(choice.layers, claim.bucket)),
        facts,
      };
    }
    const generate = () => write(prompt, { identity: identify(prompt, sown), ids, inputTokens });
    if (claim.kind === 'none' && found?.kind === 'live') {
      const { cassette } = found;
      return { kind: 'relay', live: found, facts: { ...facts, source: 'upstream', cassette } };
    }
    if (claim.kind === 'none' && onUnmatched === 'passthrough') {
      return { kind: 'relay', facts: { ...facts, source: 'upstream' } };
    }
    if (claim.kind === 'none' && found?.kind === 'missing' && onUnmatched !== 'dynamic') {
      const { cassette, message } = found;
      const told = { ...facts, cassette, unmatched: true };
      return { kind: 'failure', failure: refuseUnrecorded(message), facts: told };
    }
    if (claim.kind === 'none') {
      const unanswered = { question, layers: choice.layers, hindrances: claim.hindrances };
      const around = { repertoire, sessions, policy: onUnmatched };
      const failure = explainUnmatched(unanswered, around);
      if (failure) return { kind: 'failure', failure, facts: { ...facts, unmatched: true } };
      const { quirks } = session;
      const generated = { ...facts, source: 'generated' } as const;
      return { kind: 'reply', reply: await generate(), quirks, facts: generated };
    }

    if (found?.kind === 'recordings' && claim.candidate === fitting.length) {
      return replay(found, { session, step: claim.step }, facts);
    }
    const fixture = fitting[claim.candidate] as Fixture; // the claim chose among these
    const { id, steps, sets } = fixture;
    if (steps.length > 1 || sets !== undefined) remember(session);
    const performance = await perform(steps[claim.step] ?? steps[0], {
      prompt,
      ids,
      random: createRandom(hashText(`${sown}\n${id}\n${claim.step}\n${request}\n${claim.ordinal}`)),
      generate,
      countUsage: async (reply) => ({
        ...(await countReply(reply, prompt, counter ?? estimator)),
        input: inputTokens,
      }),
    });
    return {
      ...performance,
      ...(performance.kind === 'reply' && { quirks: { ...session.quirks, ...performance.quirks } }),
      facts: { ...facts, source: 'fixture', fixture: id, step: claim.step },
    };
  }

  function replay(
    found: Played,
    { session, step }: { readonly session: Session; readonly step: number },
    facts: Facts,
  ): Answer {
    const { cassette, recordings } = found;
    const recording = recordings[step] as Recording; // the claim chose among these
    if (recordings.length > 1) remember(session);
    recorder?.deck.play(found, recording);
    const told = { ...facts, source: 'cassette', cassette, recording: recording.id } as const;
    return { kind: 'recording', recording, facts: told };
  }

  async function write(
    prompt: Question['subject']['prompt'],
    input: Parameters<typeof generator.generate>[1],
  ): Promise<Reply> {
    const reply = await generator.generate(prompt, input);
    return counter ? { ...reply, usage: await countReply(reply, prompt, counter) } : reply;
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

class CountError extends Error {}

function tellCountErrors(counter: TokenCounter): TokenCounter {
  return {
    count: (texts) =>
      counter.count(texts).catch((cause: Error) => {
        throw new CountError(cause.message, { cause });
      }),
  };
}

function stampFacts(clock: Facts['clock'], id: string, request: number): Facts {
  return { source: 'refused', clock, request, id, created: Math.floor(clock.now() / 1000) };
}

function describeChoice({ scenario, selectedBy }: Choice): Partial<Facts> {
  return scenario === undefined ? {} : { scenario, selectedBy };
}
