// Base64 to bytes without `atob` or Buffer, which not every engine has.

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** The bytes of base64 text. The text is our own: it is not checked. */
export function decodeBase64(text: string): Uint8Array {
  const sixBits = new Uint8Array(128);
  for (let i = 0; i < ALPHABET.length; i += 1) sixBits[ALPHABET.charCodeAt(i)] = i;
  const length = text.endsWith('==') ? text.length - 2 : text.endsWith('=') ? text.length - 1 : text.length;
  const bytes = new Uint8Array((length * 3) >> 2);
  let at = 0;
  for (let i = 0; i < length; i += 4) {
    const word = (sixBits[text.charCodeAt(i)] << 18) | (sixBits[text.charCodeAt(i + 1)] << 12) | (sixBits[text.charCodeAt(i + 2)] << 6) | sixBits[text.charCodeAt(i + 3)];
    bytes[at] = word >> 16;
    bytes[at + 1] = word >> 8; // writes past the end are ignored
    bytes[at + 2] = word;
    at += 3;
  }
  return bytes;
}
