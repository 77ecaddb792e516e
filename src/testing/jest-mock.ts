import type { TestMock } from './place.ts';

/** Jest loads its setup and its teardown apart: what they share is global. */
const shelf: unique symbol = Symbol.for('longcat-mock.jest');
const place = globalThis as { [shelf]?: TestMock | undefined };

export function keepMock(mock: TestMock): void {
  place[shelf] = mock;
}

export function takeMock(): TestMock | undefined {
  const mock = place[shelf];
  delete place[shelf];
  return mock;
}
