import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { ask } from './ask.mjs';
import { readDockerfile } from './dockerfile.mjs';
import { layOut, start } from './image.mjs';

/** The entry point, the health check and the stop signal of the image, in a folder of its own. */
export async function checkImage({ read, scratch, tarball }) {
  const image = readDockerfile(read('Dockerfile'));
  const root = await layOut(image, { tarball, scratch });
  const before = readdirSync(root, { recursive: true }).length;
  const container = await start(image, { root });
  const isHealthy = await container.untilHealthy();
  const answer = await ask(container.port);
  const admin = await ask(container.port, { path: '/__admin/fixtures', method: 'GET' });
  const code = await container.stop();
  const after = readdirSync(root, { recursive: true }).length;
  return {
    'the image runs as somebody else than root': expect(image.uid > 0 && image.gid > 0, true),
    'it is healthy, without a place to write to': expect(isHealthy, true, container.log()),
    'it answers through its published port': expect(answer.status, 200),
    'its admin API wants a token, which it tells on stderr': [
      ...expect(admin.status, 401),
      ...expect(/admin API wants the token/.test(container.log()), true),
    ],
    'its stop signal ends it with 0': expect(code, 0),
    'it is no longer healthy then': expect(await container.isHealthy(), false),
    'it has written nothing': expect(after, before),
  };
}

/** The environment and the fixtures that the compose file gives to the mock. */
export async function checkCompose({ read, scratch, tarball, root: repository }) {
  const image = readDockerfile(read('Dockerfile'));
  const { services } = parse(read('examples/compose/compose.yaml'));
  const { environment } = services.longcat;
  const token = /:-([^}]+)}/.exec(environment.LONGCAT_MOCK_ADMIN_TOKEN)?.[1];
  const fixtures = join(repository, 'examples/compose/fixtures');
  const root = await layOut(image, { tarball, scratch, fixtures });
  const given = { ...environment, LONGCAT_MOCK_ADMIN_TOKEN: token };
  const container = await start(image, { root, environment: given });
  const isHealthy = await container.untilHealthy();
  const { host, pathname } = new URL(services.app.environment.OPENAI_BASE_URL);
  const path = `${pathname}/chat/completions`;
  const answer = await ask(container.port, { host, path });
  const stranger = await ask(container.port, { host: 'other:4010', path });
  const headers = { 'x-longcat-mock-admin-token': token };
  const admin = await ask(container.port, { path: '/__admin/fixtures', method: 'GET', headers });
  const code = await container.stop();
  return {
    'the service of the compose file is healthy': expect(isHealthy, true, container.log()),
    'its client gets the answer of the mounted fixture': expect(
      /Hello from a fixture/.test(answer.text),
      true,
      answer.text,
    ),
    'it answers for no other host': expect(stranger.status, 403),
    'it takes the token': expect(admin.status, 200),
    'it stops with 0': expect(code, 0),
    'the client waits until it is healthy': expect(
      services.app.depends_on.longcat.condition,
      'service_healthy',
    ),
  };
}

export function expect(actual, expected, log = '') {
  return actual === expected ? [] : [`Expected ${expected}, got ${actual}.`, ...log.split('\n')];
}
