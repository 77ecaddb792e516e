import { systemClock } from './engine/clock.ts';
import type { Recorder as EngineRecorder } from './engine/recorder.ts';
import { MockError } from './errors.ts';
import type { Recorder as HttpRecorder } from './http/settings.ts';
import type { Options } from './options.ts';
import type { Deck, Used } from './recording/deck.ts';
import { isLive, type RecordMode } from './recording/mode.ts';
import type { Upstream } from './recording/upstream.ts';
import { version } from './version.ts';

/** Where cassettes are kept when nobody says where. */
const defaultFolder = 'cassettes';

type Environment = Readonly<Record<string, string | undefined>>;

/** What records and replays, as the parts of a mock see it. */
export interface OwnCassettes {
  /** Absent where requests only pass through. */
  readonly engine?: EngineRecorder | undefined;
  readonly http: HttpRecorder;
  /** Resolves once all is written, with what is to be said of the recordings that were not used. */
  close(): Promise<void>;
}

/**
 * The cassettes of a mock, if it is to have any, and the upstream that they are recorded from.
 *
 * @throws MockError `invalid-config`
 */
export async function openOwnCassettes(
  options: Options,
  environment: Environment,
): Promise<OwnCassettes | undefined> {
  const { record, cassettes, onUnmatched, notify = () => {}, replayTiming } = options;
  const isRecorder = record !== undefined || cassettes !== undefined;
  if (!isRecorder && onUnmatched !== 'passthrough') return undefined;

  const mode = chooseMode(options, environment);
  const [{ createUpstream }, { parseTiming }] = await Promise.all([
    import('./recording/upstream.ts'),
    import('./recording/timing.ts'),
  ]);
  const upstreamKey = options.upstreamKey ?? ownKey(environment['LONGCAT_API_KEY']);
  const upstream = createUpstream({
    origin: options.upstream,
    allowPrivate: options.allowPrivateUpstream,
    apiKey: upstreamKey,
    environment,
  });
  const deck = isRecorder ? await openDeck(options) : undefined;
  const timing = parseTiming(replayTiming) ?? 'none';
  return {
    engine: deck && { deck, mode, mayCall: !isCi(environment) || options.allowRecordInCi },
    http: { upstream, deck, upstreamKey, timing, notify },
    close: () => close({ upstream, deck, options }),
  };
}

async function openDeck(options: Options): Promise<Deck> {
  const [
    { createDeck },
    { createStore },
    { hashContract },
    { compileRedactions, parseRedaction },
    { parseReplace },
  ] = await Promise.all([
    import('./recording/deck.ts'),
    import('./recording/store.ts'),
    import('./recording/contract-hash.ts'),
    import('./recording/secret-text.ts'),
    import('./recording/rules.ts'),
  ]);
  const { cassettes = defaultFolder, upstream, recordFailed, redact } = options;
  const { maxAge, onExpiry: policy, clock = systemClock, notify } = options;
  return createDeck({
    store: createStore(cassettes),
    heading: { version, contractHash: await hashContract(), upstream },
    rules: { ignore: options.matchIgnore, replace: options.matchReplace.map(parseReplace) },
    secrets: compileRedactions(redact.map(parseRedaction)),
    recordFailed,
    expiry: maxAge === undefined ? undefined : { maxAge, policy, now: () => clock.now() },
    notify,
  });
}

/** What a mock was told, or what is safe where it runs: CI never calls the upstream unasked. */
export function chooseMode(
  {
    record,
    onUnmatched,
    allowRecordInCi,
  }: Pick<Options, 'record' | 'onUnmatched' | 'allowRecordInCi'>,
  environment: Environment,
): RecordMode {
  const mode = record ?? (isCi(environment) ? 'none' : 'once');
  if (!isCi(environment) || allowRecordInCi) return mode;
  if (record !== undefined && isLive(record))
    throw new MockError('invalid-config', refusal(`--record ${record}`));
  if (onUnmatched === 'passthrough')
    throw new MockError('invalid-config', refusal('--on-unmatched passthrough'));
  return mode;
}

function isCi(environment: Environment): boolean {
  return /^(?!(?:false|0|no)?$)/i.test(environment['CI'] ?? '');
}

function refusal(flag: string): string {
  return `"${flag}" may call the upstream, and CI is set: recordings are made at a desk and committed. Use --record none here, or add --allow-record-in-ci if it is meant.`;
}

/** The key that `longcat-mock run` gives its command is the mock's own. */
function ownKey(key: string | undefined): string | undefined {
  return key === undefined || key === '' || key.startsWith('lcmock_') ? undefined : key;
}

interface Closing {
  readonly upstream: Upstream;
  readonly deck: Deck | undefined;
  readonly options: Options;
}

/** Once all is written: what was used is noted down, and what was not is told or goes. */
async function close({ upstream, deck, options }: Closing): Promise<void> {
  const { cassettes = defaultFolder, onUnused, clock = systemClock, notify = () => {} } = options;
  const used = (await deck?.list()) ?? [];
  await upstream.close();
  const { writeUses } = await import('./recording/uses.ts');
  const played = used.map((each) => ({ cassette: each.cassette, ids: [...each.played] }));
  await writeUses(cassettes, played, clock.now()).catch((error: Error) => {
    notify(`Cannot note down which recordings were used: ${error.message}`);
  });
  if (onUnused === 'ignore') return;
  for (const line of listUnused(used)) notify(line);
  if (onUnused === 'prune') await deck?.prune();
}

/** A line for each cassette of which not all was used. */
export function listUnused(used: readonly Used[]): readonly string[] {
  return used.flatMap(({ path, recordings, unused }) => {
    if (unused.length === 0) return [];
    const ids = unused.map(({ id }) => `"${id}"`).join(', ');
    return [`${path}: ${unused.length} of ${recordings.length} recordings were not used: ${ids}.`];
  });
}
