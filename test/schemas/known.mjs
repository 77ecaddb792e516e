/** Schemas whose value Ajv refuses although the mock says nothing, and why that is accepted. */
export const known = new Map([]);

/** Schemas of packages that no value satisfies: each choice requires what `additionalProperties` forbids. */
export const impossible = [
  'secret-scanning-location',
  'secret_scanning_alert_location_event',
  'secret_scanning_alert_location$created',
].map((name) => `@octokit/webhooks-schemas/schema.json#/definitions/${name}`);
