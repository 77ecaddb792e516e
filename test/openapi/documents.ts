import { buildAdminDocument } from '../../src/openapi/admin/document.ts';
import { buildDocument } from '../../src/openapi/document.ts';
import { version } from '../../src/version.ts';
import type { Document } from './walk.ts';

export const longcat = buildDocument({ version }) as Document;

export const admin = buildAdminDocument({ version }) as Document;

export const documents = [
  { name: 'longcat', document: longcat },
  { name: 'admin', document: admin },
] as const;
