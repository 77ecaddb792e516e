import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';

const packages = join(dirname(fileURLToPath(import.meta.url)), 'node_modules');
const draft7 = 'http://json-schema.org/draft-07/schema#';

/** Every schema file below a folder of a package. */
export function readFiles(folder, isWanted) {
  return readdirSync(join(packages, folder), { recursive: true })
    .filter((file) => file.endsWith('.json') && isWanted(file))
    .sort()
    .map((file) => ({ path: `${folder}/${file}`, schema: readJson(`${folder}/${file}`) }));
}

/** Each of the `definitions` in a file, with those that it refers to. */
export function readDefinitions(file) {
  const { $schema, definitions } = readJson(file);
  return Object.keys(definitions).map((name) => {
    const schema = { $schema, $ref: `#/definitions/${name}` };
    return { path: `${file}#/definitions/${name}`, schema: close(schema, { definitions }) };
  });
}

/** The options of each ESLint rule, all of them given. */
export async function readRules(names) {
  const cases = [];
  for (const name of names) {
    const module = await import(import.meta.resolve(name));
    const { builtinRules, default: plugin } = module;
    for (const [rule, { meta }] of builtinRules ?? Object.entries(plugin.rules)) {
      const schema = readOptions(meta?.schema);
      if (schema) cases.push({ path: `${name}: ${rule}`, schema });
    }
  }
  return cases;
}

function readOptions(options) {
  if (!options || options.length === 0) return undefined;
  if (!Array.isArray(options)) return toJson({ $schema: draft7, ...options });
  const size = { minItems: options.length, maxItems: options.length };
  return toJson({ $schema: draft7, type: 'array', items: options, ...size });
}

/** The operations of an OpenAPI document, as tools: parameters are members, and so is the body. */
export function readOperations(file) {
  const { paths, components } = parse(readFileSync(join(packages, file), 'utf8'));
  const find = (item) =>
    item?.$ref
      ? item.$ref
          .slice(2)
          .split('/')
          .reduce((at, step) => at[step], { components })
      : item;
  return Object.entries(paths).flatMap(([path, item]) =>
    Object.entries(item)
      .filter(([, operation]) => operation?.responses)
      .map(([method, operation]) => {
        const parameters = [...(item.parameters ?? []), ...(operation.parameters ?? [])].map(find);
        const body = find(operation.requestBody);
        const schema = toTool(parameters, body?.content?.['application/json']?.schema);
        return { path: `${file}: ${method} ${path}`, schema: close(schema, { components }) };
      }),
  );
}

function toTool(parameters, body) {
  const properties = Object.fromEntries(parameters.map(({ name, schema }) => [name, schema]));
  const required = parameters.filter((parameter) => parameter.required).map(({ name }) => name);
  if (body) Object.assign(properties, { body });
  return { type: 'object', properties, required: body ? [...required, 'body'] : required };
}

/** The schema with the parts of `library` that it refers to, at the places where they were. */
function close(schema, library) {
  const closed = toJson(schema);
  const open = [closed];
  const seen = new Set();
  for (let item = open.pop(); item !== undefined; item = open.pop()) {
    if (typeof item !== 'object' || item === null) continue;
    open.push(...Object.values(item));
    if (typeof item.$ref !== 'string' || seen.has(item.$ref)) continue;
    seen.add(item.$ref);
    open.push(copyPart(item.$ref.slice(2).split('/'), library, closed));
  }
  return closed;
}

function copyPart(steps, library, target) {
  const last = steps.pop();
  let [from, to] = [library, target];
  for (const step of steps) {
    from = from[step];
    to[step] ??= {};
    to = to[step];
  }
  to[last] = toJson(from[last]);
  return to[last];
}

function readJson(file) {
  return toJson(JSON.parse(readFileSync(join(packages, file), 'utf8')));
}

function toJson(value) {
  return JSON.parse(JSON.stringify(value));
}
