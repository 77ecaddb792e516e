const longestSegment = 100;

/** The cassette of requests that name none. */
export const defaultCassette = 'default';

/**
 * The file of a cassette below the folder of all: `chat.test.ts/answers.json` of the name
 * `chat.test.ts/answers`. Names come with requests: whatever could lead out of the folder, or is no
 * file name on some system, is replaced, and a hash keeps such names apart.
 */
export function toFileName(name: string): string {
  const segments = name.split('/').map(toSegment);
  return `${segments.join('/')}.json`;
}

function toSegment(text: string): string {
  const safe = text
    .replace(/[^\w.-]+/g, '-')
    .replace(/^[.-]+|[.-]+$/g, '')
    .slice(0, longestSegment);
  return safe !== '' && safe === text ? safe : `${safe || 'cassette'}-${hash(text)}`;
}

/** FNV-1a, as 8 hexadecimal digits. */
function hash(text: string): string {
  let value = 0x811c9dc5;
  for (const character of text) {
    value = Math.imul(value ^ (character.codePointAt(0) ?? 0), 0x01000193);
  }
  return (value >>> 0).toString(16).padStart(8, '0');
}
