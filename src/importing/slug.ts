/** A name for files, ids and scenarios. */
export function slug(name: string): string {
  const plain = name.replaceAll(/[^\w.-]+/g, '-').replaceAll(/^[-.]+|[-.]+$/g, '');
  return plain.slice(0, 80) || 'imported';
}
