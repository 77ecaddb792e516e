/* Modules of the package that have no types beside them. */

declare module 'undici/lib/api/index.js' {
  export const connect: import('undici').Dispatcher['connect'];
}

declare module 'undici/lib/dispatcher/dispatcher.js' {
  export { Dispatcher as default } from 'undici';
}

declare module 'undici/lib/dispatcher/env-http-proxy-agent.js' {
  export { EnvHttpProxyAgent as default } from 'undici';
}
