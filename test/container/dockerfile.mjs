/** What the last stage of a Dockerfile says, as far as it matters when a container runs. */
export function readDockerfile(text) {
  const [stage] = text.split(/^FROM /m).slice(-1);
  const lines = stage
    .replaceAll(/^#.*\n/gm, '')
    .replaceAll(/\\\n\s*/g, ' ')
    .split('\n');
  const find = (name) => lines.find((line) => line.startsWith(`${name} `))?.slice(name.length + 1);
  const environment = [...(find('ENV') ?? '').matchAll(/(\w+)=(\S+)/g)];
  const [, uid, gid] = /^(\d+):(\d+)$/.exec(find('USER') ?? '') ?? [];
  const check = find('HEALTHCHECK') ?? '';
  return {
    entrypoint: JSON.parse(find('ENTRYPOINT')),
    healthcheck: JSON.parse(check.slice(check.indexOf('['))),
    environment: Object.fromEntries(environment.map(([, name, value]) => [name, value])),
    signal: find('STOPSIGNAL'),
    uid: Number(uid),
    gid: Number(gid),
    copied: /--from=build \/package (\S+)/.exec(find('COPY') ?? '')?.[1],
    link: /ln -s (\S+) (\S+)/.exec(find('RUN') ?? '')?.slice(1),
  };
}
