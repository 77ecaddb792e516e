import { listFitting, toCandidate } from '../engine/claim.ts';
import type { Entry } from '../engine/entry.ts';
import { explainMiss, renderDiff } from '../engine/near-miss.ts';
import { findRecordings } from '../engine/recorder.ts';
import { firstState, type Hindrance } from '../engine/state.ts';
import { findElsewhere } from '../engine/unmatched.ts';
import type { Fixture } from '../scenario/fixture.ts';
import type { Subject } from '../scenario/match.ts';
import { showPlace } from '../scenario/problem.ts';
import { nextStep } from '../scenario/script.ts';
import type { Given } from './handler.ts';
import { peekSession } from './known-session.ts';
import type { Explanation } from './schema/explanation.ts';
import type { AdminSettings } from './settings.ts';

export interface Explaining {
  readonly subject: Subject;
  readonly session: string;
  /** As the request selects it. */
  readonly scenario?: string | undefined;
  readonly attempt?: number;
}

const nothing = { hints: [], nearMisses: [] };

/** What a request would get at this moment, and why; nothing is taken for it. */
export async function explainSubject(
  { subject, session, scenario, attempt = 0 }: Explaining,
  settings: AdminSettings,
): Promise<Given<Explanation>> {
  const { engine, onUnmatched } = settings;
  const wishes =
    scenario === undefined ? {} : { scenario: { name: scenario, by: 'header' } as const };
  const choice = await engine.choose({ wishes, session: peekSession(session, settings) });
  if ('name' in choice) return { result: 'refused', message: choice.message, ...nothing };

  const fitting = listFitting(choice.layers, subject);
  const rehearsed = await rehearse(fitting, session, settings);
  if (!Array.isArray(rehearsed)) return { ...rehearsed, ...nothing };

  const recorded = await explainRecordings(subject, session, { engine, onUnmatched });
  if (recorded) return { ...recorded, ...nothing };

  const fixtures = choice.layers.flatMap((layer) => layer.fixtures);
  const policy = onUnmatched ?? (fixtures.length > 0 ? 'error' : 'dynamic');
  const { files, folder } = engine.repertoire.own();
  const { kind, message, hints, nearMisses } = explainMiss({
    subject,
    session,
    fixtures,
    hindrances: rehearsed,
    elsewhere: findElsewhere({ subject, session }, engine.sessions),
    loaded: { files, folder },
    attempt,
  });
  return {
    result: policy === 'error' ? 'unmatched' : 'generated',
    kind,
    message,
    hints,
    nearMisses,
    ...(nearMisses.length > 0 && { diff: nearMisses.map(renderDiff).join('\n') }),
  };
}

/** What the cassette has to say, where there is one. */
async function explainRecordings(
  subject: Subject,
  name: string,
  { engine, onUnmatched }: Pick<AdminSettings, 'engine' | 'onUnmatched'>,
): Promise<Pick<Explanation, 'result' | 'recording' | 'message'> | undefined> {
  if (!engine.recorder) return undefined;
  const session = engine.sessions.find(name);
  const found = await findRecordings(engine.recorder, { subject }, session);
  switch (found.kind) {
    case 'recordings':
      return { result: 'recorded', recording: found.recordings[0]?.id };
    case 'live':
      return { result: 'live' };
    case 'missing':
      return onUnmatched === 'dynamic'
        ? undefined
        : { result: 'unmatched', message: found.message };
    default:
      return found satisfies never;
  }
}

interface Matched {
  readonly result: 'matched';
  readonly fixture: string;
  readonly place?: string | undefined;
  readonly step: number;
}

/** What the state makes of those that fit: one of them answers, or each has something in its way. */
async function rehearse(
  fitting: readonly Fixture[],
  session: string,
  { engine }: AdminSettings,
): Promise<Matched | Hindrance[]> {
  const states = await engine.store.readStates(session);
  const entries = fitting.length === 0 ? [] : engine.journal.list({ session });
  const hindrances: Hindrance[] = [];
  for (const fixture of fitting) {
    const candidate = toCandidate(fixture);
    const { machine, requires } = candidate;
    const state = (Object.hasOwn(states, machine) && states[machine]) || firstState;
    // The store tells no positions: as far back as the journal reaches, it does.
    const answered = entries.filter((entry) => entry.fixture === fixture.id).length;
    const next = nextStep(candidate, answered);
    if ((requires ?? state) !== state) {
      hindrances.push({ fixture: fixture.id, kind: 'state', machine, state });
    } else if (typeof next === 'object') {
      const place = fixture.place && showPlace(fixture.place);
      return { result: 'matched', fixture: fixture.id, place, step: next.step };
    } else {
      hindrances.push({ fixture: fixture.id, kind: 'exhausted', answered });
      if (next === 'error') break;
    }
  }
  return hindrances;
}

/** The same of a request that came; nothing for one without a body. */
export async function explainEntry(
  entry: Entry,
  settings: AdminSettings,
): Promise<Given<Explanation> | undefined> {
  const subject = settings.toSubject(entry);
  if (!subject) return undefined;
  const { session, scenario, attempt } = entry;
  return explainSubject({ subject, session, scenario, attempt }, settings);
}
