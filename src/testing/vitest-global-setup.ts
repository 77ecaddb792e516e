import type { ListeningOptions } from '../options.ts';
import { type MockPlace, openMock } from './place.ts';

/** As much of Vitest's project as is needed. */
interface Project {
  provide(key: 'longcatMock', place: MockPlace): void;
}

/** A `globalSetup` of Vitest: one mock for the whole run, whatever its workers. */
export function serveLongCat(options: ListeningOptions = {}) {
  return async function setup(project: Project): Promise<() => Promise<void>> {
    const mock = await openMock(options);
    const { url, adminToken } = mock;
    project.provide('longcatMock', { url, adminToken });
    return () => mock.close();
  };
}

export default serveLongCat();
