// Loaded into a server by --import: tells over its channel how long its event loop was held.
import { monitorEventLoopDelay } from 'node:perf_hooks';

const delays = monitorEventLoopDelay({ resolution: 1 });
delays.enable();

process.on('message', (word) => {
  if (word === 'reset') delays.reset();
  process.send(delays.max / 1e6);
});
process.channel.unref();
