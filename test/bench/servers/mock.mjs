import { startLongCatMock } from '../../../dist/index.js';

/** The mock without fixtures: it makes up its answers. */
export async function start() {
  const { port } = await startLongCatMock({ port: 0 });
  return port;
}
