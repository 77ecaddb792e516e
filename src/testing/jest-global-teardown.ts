import { takeMock } from './jest-mock.ts';
import { erasePlace } from './place.ts';

/** Ends the mock that the global setup has started. */
export default async function teardown(): Promise<void> {
  const mock = takeMock();
  await mock?.close();
  if (mock) erasePlace();
}
