import type { JsonValue } from '../exchange/json.ts';
import type { Cassette, Recording } from './cassette.ts';
import { listDifferences } from './difference.ts';
import { keyOf } from './key.ts';
import { normalise } from './normalise.ts';
import { redactRequest, redactResponse } from './redact.ts';
import { compileRules, type Rules } from './rules.ts';
import type { Secrets } from './secret-text.ts';

export interface RedactedCassette {
  readonly cassette: Cassette;
  /** What was left out, such as `recordings[0].request.api_key`: the first few of each recording. */
  readonly changed: readonly string[];
}

/** A cassette without secrets; a request that has changed gets the key by which it is found again. */
export async function redactCassette(
  cassette: Cassette,
  secrets: Secrets,
): Promise<RedactedCassette> {
  const rules = compileRules(cassette.match);
  const recordings = await Promise.all(
    cassette.recordings.map((recording) => redactRecording(recording, secrets, rules)),
  );
  const changed = recordings.flatMap((recording, index) => {
    const before = cassette.recordings[index];
    return before
      ? listChanged(before, recording).map((path) => `recordings[${index}].${path}`)
      : [];
  });
  return { cassette: { ...cassette, recordings }, changed };
}

async function redactRecording(
  recording: Recording,
  secrets: Secrets,
  rules: Rules,
): Promise<Recording> {
  const response = redactResponse(recording.response, secrets);
  const clean = redactRequest(recording.request, secrets);
  if (clean === recording.request) return { ...recording, response };
  const request = normalise(clean, rules);
  return { ...recording, request, response, key: await keyOf({ ...recording, request }) };
}

function listChanged(before: Recording, after: Recording): readonly string[] {
  const parts = ['request', 'response'] as const;
  return parts.flatMap((part) => {
    const [left, right] = [before[part], after[part]] as [JsonValue, JsonValue]; // both are JSON
    return left === right ? [] : listDifferences(left, right).map(({ path }) => `${part}.${path}`);
  });
}
