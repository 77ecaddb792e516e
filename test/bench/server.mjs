// One server of the benchmark in a process of its own. Tells its port once it listens, and its CPU
// time and memory whenever it is asked.
const [kind, frames] = process.argv.slice(2);
const { start } = await import(`./servers/${kind}.mjs`);
const port = await start({ frames: Number(frames) });

process.on('message', (what) => {
  if (what === 'memory') {
    globalThis.gc();
    process.send(process.memoryUsage().rss);
    return;
  }
  const { user, system } = process.cpuUsage();
  process.send(user + system);
});
process.send({ port });
