// Text from servers and files of others, on its way into a message: it must not steer a terminal, turn the direction of reading
// (https://trojansource.codes/), or fill the screen.

const STEERING = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]+/gu;
const MAX_CHARACTERS = 200;

/**
 * The text on one line, steering characters as blanks, cut to `maxCharacters` (default 200).
 * @example foreignText('Invalid symbol.\u001b[2J') // 'Invalid symbol. [2J'
 */
export function foreignText(text: string, maxCharacters: number = MAX_CHARACTERS): string {
  // cut before as well: what is replaced may be megabytes
  const plain = text.slice(0, maxCharacters * 4).replace(STEERING, ' ').trim();
  return plain.length > maxCharacters ? `${plain.slice(0, maxCharacters).trimEnd()}…` : plain;
}
