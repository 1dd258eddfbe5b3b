// One line of a JSON-lines artifact, and the bytes of the artifact with one line more.
import { optionError } from '../../errors.js';

const NEWLINE = 10;

/** @throws BAD_OPTION unless `line` is a JSON object without line ends */
export function checkLine(line: string): void {
  if (!isJsonObject(line) || /[\r\n]/.test(line)) throw optionError('appendLine', 'line', 'a JSON object on one line', line);
}

export function isJsonObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}

/** The bytes with one more line. A last line without its end is completed, or removed when it is no object: it was cut. */
export function withLine(bytes: Uint8Array, line: string): Uint8Array {
  const end = bytes.lastIndexOf(NEWLINE) + 1;
  const isTailWhole = end < bytes.length && isJsonObject(Buffer.from(bytes.subarray(end)).toString('utf8'));
  const kept = isTailWhole ? bytes : bytes.subarray(0, end);
  return Buffer.concat([kept, Buffer.from(`${isTailWhole ? '\n' : ''}${line}\n`)]);
}
