// The errors for files of klines that cannot be used: they name file and row, and the way out.
import { ForecastLabError } from '../errors.js';
import { foreignText } from '../text/foreign-text.js';

// A message may quote a header of many columns.
const MAX_CHARACTERS = 600;

/** A refusal of the file, or of one row (1-based, header lines counted). */
export function refuseFile(fileName: string, row: number | undefined, what: string, hint: string, cause?: unknown): ForecastLabError {
  const place = row === undefined ? fileName : `${fileName}, row ${row}`;
  return new ForecastLabError('BAD_FILE', `${place}: ${foreignText(what, MAX_CHARACTERS)}`, { hint, details: { file: fileName, ...(row === undefined ? {} : { row }) }, cause });
}

const SIGNATURES: readonly { readonly bytes: readonly number[]; readonly what: string; readonly hint: string }[] = [
  { bytes: [0x1f, 0x8b], what: 'is gzip-compressed', hint: 'Unpack it first, or let a name that ends in .gz tell so.' },
  { bytes: [0x50, 0x4b, 0x03, 0x04], what: 'is a zip archive', hint: 'Let its name end in .zip to have it unpacked, or give the CSV inside.' },
  { bytes: [0x50, 0x41, 0x52, 0x31], what: 'is a Parquet file', hint: 'Let its name end in .parquet to have it read as one.' },
  { bytes: [0xff, 0xfe], what: 'is UTF-16 text', hint: 'Save it as UTF-8.' },
  { bytes: [0xfe, 0xff], what: 'is UTF-16 text', hint: 'Save it as UTF-8.' },
  { bytes: [0x7b], what: 'is JSON (an object), not CSV', hint: 'Of JSON, the exchange\'s klines answer (an array of arrays, in a file named .json) can be read.' },
  { bytes: [0x5b], what: 'is JSON (an array), not CSV', hint: 'Name the file .json to have it read as the exchange\'s klines answer.' },
  { bytes: [0x3c], what: 'is HTML or XML, not CSV', hint: 'Often a web page with an error was saved instead of the data: download it again.' },
];
const PROBED_BYTES = 4096;
const BLANKS: ReadonlySet<number> = new Set([9, 10, 13, 32]);

/** @throws BAD_FILE when the bytes are empty or plainly no CSV text */
export function refuseOtherFormats(bytes: Uint8Array, start: number, fileName: string): void {
  let first = start;
  while (first < bytes.length && BLANKS.has(bytes[first])) first += 1;
  if (first >= bytes.length) throw refuseFile(fileName, undefined, 'the file is empty', 'Get the klines again: forecastlab-train data update.');
  for (const { bytes: signature, what, hint } of SIGNATURES) {
    if (signature.every((byte, i) => bytes[first + i] === byte)) throw refuseFile(fileName, undefined, `the file ${what}`, hint);
  }
  if (bytes.subarray(0, PROBED_BYTES).includes(0)) throw refuseFile(fileName, undefined, 'the file is binary, not CSV', 'Give the klines as CSV.');
}
