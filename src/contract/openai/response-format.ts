import { z } from 'zod/v3';
import { named } from '../registry.ts';
import { AnyObject, open, unset } from '../shape.ts';

const TextForm = named(
  { id: 'ChatTextForm', provenance: 'sdk', description: 'The content is text of any form.' },
  open({ type: z.literal('text') }),
);

const JsonObjectForm = named(
  {
    id: 'ChatJsonObjectForm',
    provenance: 'observed',
    description:
      'The content is the text of a JSON object. With thinking on, LongCat was seen to leave the content empty.',
  },
  open({ type: z.literal('json_object') }),
);

const NamedSchema = named(
  { id: 'ChatNamedSchema', provenance: 'sdk', description: 'A JSON Schema with a name.' },
  open({
    name: z.string().describe('A name for the form.'),
    description: unset(z.string()).describe('What the form is for: the model reads it.'),
    schema: unset(AnyObject).describe('The JSON Schema.'),
    strict: unset(z.boolean()).describe('Whether the content has to keep to the schema.'),
  }),
);

const JsonSchemaForm = named(
  {
    id: 'ChatJsonSchemaForm',
    provenance: 'observed',
    description: 'The content is JSON text by a schema.',
  },
  open({ type: z.literal('json_schema'), json_schema: NamedSchema }),
);

export const ChatResponseFormat = named(
  {
    id: 'ChatResponseFormat',
    provenance: 'observed',
    description: 'The form of the answer’s content.',
  },
  z.discriminatedUnion('type', [TextForm, JsonObjectForm, JsonSchemaForm]),
);
