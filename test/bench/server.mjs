// One server of the benchmark in a process of its own. Tells its port once it listens, and its CPU
// time and memory whenever it is asked.
const [kind, frames] = process.argv.slice(2);
const { start } = await import(`./servers/${kind}.mjs`);
const port = await start({ frames: Number(frames) });

process.on('message', () => {
  const { user, system } = process.cpuUsage();
  globalThis.gc?.();
  process.send({ cpu: user + system, memory: process.memoryUsage().rss });
});
process.send({ port });
