/// <reference path="./undici.d.ts" />
import { connect } from 'undici/lib/api/index.js';
import Dispatcher from 'undici/lib/dispatcher/dispatcher.js';
import EnvHttpProxyAgent from 'undici/lib/dispatcher/env-http-proxy-agent.js';

/*
 * The package’s entry would do this too. It would also take over the connections of the global
 * fetch, which are not ours when the mock runs within a test, and is twice as large.
 */
Object.assign(Dispatcher.prototype, { connect });

export { EnvHttpProxyAgent };
