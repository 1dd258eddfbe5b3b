// Reads the CHECKSUM file beside an archive: one line, as `sha256sum` writes and `sha256sum -c` reads it.
import { ForecastLabError } from '../../errors.js';
import { foreignText } from '../../text/foreign-text.js';

/** A line holds 64 digits and a name; what is much longer is something else, a web page with an error for instance. */
export const MAX_CHECKSUM_BYTES = 1024;

// Two blanks, or a blank and an asterisk where the file was read as binary.
const LINE = /^([0-9a-f]{64}) [ *]([^\r\n]+?)\r?\n?$/i;

/**
 * The sha256 (lower case) that the line gives for the archive `name`.
 * @throws BAD_FILE when the bytes are anything but one such line about this very name
 */
export function parseChecksumLine(bytes: Uint8Array, name: string): string {
  const refuse = (what: string): ForecastLabError =>
    new ForecastLabError('BAD_FILE', `${name}.CHECKSUM ${what}`, { hint: 'It must be one line: 64 hexadecimal digits, two blanks, the name of the archive.', details: { file: `${name}.CHECKSUM` } });
  if (bytes.length === 0) throw refuse('is empty');
  if (bytes.length > MAX_CHECKSUM_BYTES) throw refuse(`has ${bytes.length} bytes, too many for one checksum`);
  const [, sha256, named] = LINE.exec(new TextDecoder().decode(bytes)) ?? [];
  if (sha256 === undefined || named === undefined) throw refuse('is not a line of sha256sum');
  if (named !== name) throw refuse(`speaks of another file, ${JSON.stringify(foreignText(named, 80))}`);
  return sha256.toLowerCase();
}
