import type { ListeningOptions } from '../options.ts';
import { keepMock } from './jest-mock.ts';
import { openMock, writePlace } from './place.ts';

/** A `globalSetup` of Jest: one mock for the whole run, whatever its workers. */
export function serveLongCat(options: ListeningOptions = {}): () => Promise<void> {
  return async function setup() {
    const mock = await openMock(options);
    keepMock(mock);
    writePlace(mock);
  };
}

export default serveLongCat();
