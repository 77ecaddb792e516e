// A module of its own, so that a start without a configuration file does not load the parser.
export { parse as parseYaml } from 'yaml';
