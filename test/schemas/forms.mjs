const draft2020 = 'https://json-schema.org/draft/2020-12/schema';
/** Keywords whose values are no schemas. */
const data = ['const', 'enum', 'default', 'examples'];
/** Keywords whose values are schemas by name. */
const maps = ['properties', 'patternProperties', '$defs', 'definitions', 'dependentSchemas'];

/** What of one schema is sent: as it stands where it is an object, and as a member of an object. */
export function listForms(schema) {
  const isNode = typeof schema === 'object';
  const forms = isNode ? [{ form: 'raw', schema }] : [];
  if (!isNode || schema.type !== 'object') forms.push({ form: 'member', schema: wrap(schema) });
  return forms.flatMap((form) => ['tool', 'format'].map((place) => ({ ...form, place })));
}

/** The schema among the definitions, where its references still find their targets. */
function wrap(schema) {
  const { $schema = draft2020, ...rest } = typeof schema === 'object' ? schema : {};
  const definitions = $schema.includes('draft-0') ? 'definitions' : '$defs';
  const place = `#/${definitions}/value`;
  const moved = typeof rest.$id === 'string' ? rest : moveReferences(rest, place);
  return {
    $schema,
    type: 'object',
    properties: { value: { $ref: rest.$id ?? place } },
    required: ['value'],
    [definitions]: { value: typeof schema === 'boolean' ? schema : moved },
  };
}

function moveReferences(value, place, isMap = false) {
  if (Array.isArray(value)) return value.map((item) => moveReferences(item, place));
  if (typeof value !== 'object' || value === null) return value;
  if (typeof value.$id === 'string' && !isMap) return value;
  const move = (name, member) => {
    if (isMap) return moveReferences(member, place);
    if (data.includes(name)) return member;
    const isReference = name === '$ref' && typeof member === 'string';
    if (isReference) return member.replace(/^#(?=\/|$)/, place);
    return moveReferences(member, place, maps.includes(name));
  };
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [name, move(name, member)]),
  );
}

export function toBody({ schema, place }) {
  const common = {
    model: 'LongCat-2.0',
    messages: [{ role: 'user', content: 'Fill in the schema.' }],
    max_tokens: 131_072,
    thinking: { type: 'disabled' },
  };
  if (place === 'format') {
    const json_schema = { name: 'answer', schema, strict: true };
    return { ...common, response_format: { type: 'json_schema', json_schema } };
  }
  return {
    ...common,
    tools: [{ type: 'function', function: { name: 'fill', parameters: schema } }],
    tool_choice: { type: 'function', function: { name: 'fill' } },
  };
}

export function readAnswer({ choices: [{ message, finish_reason }] }, { place }) {
  if (finish_reason === 'length') return { isCut: true };
  const text = place === 'tool' ? message.tool_calls[0].function.arguments : message.content;
  return { value: JSON.parse(text) };
}
