// A module of its own, so that only an import that writes YAML loads the writer.
export { stringify } from 'yaml';
