export type FileFormat = 'yaml' | 'json';

/** A fixture file as text. */
export async function renderFile(content: object, format: FileFormat): Promise<string> {
  const sound = JSON.stringify(content, (_, value) =>
    typeof value === 'string' ? value.toWellFormed() : value,
  );
  const value: unknown = JSON.parse(sound);
  if (format === 'json') return `${JSON.stringify(value, null, 2)}\n`;
  const { stringify } = await import('./yaml.ts');
  return stringify(value, { lineWidth: 100, aliasDuplicateObjects: false });
}
