import { start as startScripted } from './scripted.mjs';

export function start(options) {
  return startScripted({ ...options, others: 5 });
}
