import { Ajv2020 } from 'ajv/dist/2020.js';
import { adminOperations, type OperationId } from '../../src/admin/operations.ts';
import { buildAdminDocument } from '../../src/openapi/admin/document.ts';

const ajv = new Ajv2020({ strict: false, allErrors: true });
ajv.addSchema(buildAdminDocument({ version: '1.2.3' }), 'admin');

/** Throws unless the document of the admin API has an answer of that status and form. */
export function checkDocumented(id: OperationId, status: number, body: unknown): void {
  const { method, path } = adminOperations[id];
  const steps = ['paths', path, method.toLowerCase(), 'responses', status];
  const place = [...steps, 'content', 'application/json', 'schema'];
  const pointer = place.map((step) => `/${String(step).replaceAll('/', '~1')}`).join('');
  const validate = ajv.compile({ $ref: `admin#${encodeURI(pointer)}` });
  if (validate(body)) return;
  throw new Error(`${id}, ${status}: ${ajv.errorsText(validate.errors)}`);
}
