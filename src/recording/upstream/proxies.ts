import { MockError } from '../../errors.ts';

/** The proxies on the way to an upstream; an empty text is none. */
export interface Proxies {
  readonly http: string;
  readonly https: string;
  /** The hosts that are reached without one, as NO_PROXY lists them. */
  readonly except: string;
}

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The variables as curl reads them: the spelling in small letters first, and a proxy without a
 * scheme is one of HTTP.
 *
 * @throws MockError `invalid-config`
 */
export function readProxies(environment: Environment): Proxies {
  return {
    http: readProxy('HTTP_PROXY', environment),
    https: readProxy('HTTPS_PROXY', environment),
    except: read('NO_PROXY', environment),
  };
}

function read(variable: string, environment: Environment): string {
  return environment[variable.toLowerCase()] || environment[variable] || '';
}

function readProxy(variable: string, environment: Environment): string {
  const text = read(variable, environment);
  if (text === '') return '';
  const url = text.includes('://') ? text : `http://${text}`;
  if (URL.canParse(url) && /^(https?|socks5?):$/.test(new URL(url).protocol)) return url;
  const message = `Invalid ${variable} ${JSON.stringify(text)}: expected a URL such as http://proxy.example:3128.`;
  throw new MockError('invalid-config', message);
}
