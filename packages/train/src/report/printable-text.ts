// Names and messages come from files and other programs: what would steer a terminal, or turn the direction of reading
// (https://trojansource.codes/), is shown as its code instead.

const STEERING = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;

/**
 * The text on one line, with line breaks and tabs as blanks and every steering character as its code.
 * @example printableText('BTC\u001b[2J') // 'BTC<U+001B>[2J'
 */
export function printableText(text: string): string {
  return text.replace(/[\t\r\n]+/g, ' ').replace(STEERING, (character) => `<U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}>`);
}
