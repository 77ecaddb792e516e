import { expect, it } from 'vitest';
import { type Course, chooseCourse, type RecordMode } from '../../src/recording/mode.ts';

const fresh = { isKnown: false, isNewCassette: true, isFresh: false };
const known = { isKnown: true, isNewCassette: false, isFresh: false };
const other = { isKnown: false, isNewCassette: false, isFresh: false };
const again = { isKnown: true, isNewCassette: true, isFresh: true };

it.each<[RecordMode, Course, Course, Course, Course]>([
  // mode, no cassette yet, recorded, in the cassette but not this request, recorded in this run
  ['once', 'record', 'replay', 'miss', 'record'],
  ['none', 'miss', 'replay', 'miss', 'replay'],
  ['new_episodes', 'record', 'replay', 'record', 'replay'],
  ['all', 'replace', 'replace', 'replace', 'record'],
  ['passthrough', 'forward', 'forward', 'forward', 'forward'],
])('%s: without a cassette %s, of a recorded request %s, of another %s, of its own %s', (mode, ...courses) => {
  expect([fresh, known, other, again].map((standing) => chooseCourse(mode, standing))).toEqual(
    courses,
  );
});
