// Names and messages come from files and other programs: what would steer a terminal, or turn the direction of reading
// (https://trojansource.codes/), is shown as its code instead.

const STEERING = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/**
 * The text on one line, with line breaks and tabs as blanks and every steering character as its code.
 * @example printableText('BTC\u001b[2J') // 'BTC<U+001B>[2J'
 */
export function printableText(text: string): string {
  return text.replace(/[\t\r\n]+/g, ' ').replace(STEERING, (character) => `<U+${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}>`);
}
