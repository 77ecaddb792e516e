import { startLongCatMock } from '../../../dist/index.js';

export async function start() {
  const { port } = await startLongCatMock({ port: 0 });
  return port;
}
