// Reads the cells of a CSV straight from its bytes: no string and no object per cell on the usual path.
import { refuseFile } from './refuse-file.js';

const COMMA = 44;
const QUOTE = 34;
const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;
const SPACE = 32;
const TAB = 9;
const MINUS = 45;
const POINT = 46;
const ZERO = 48;
const NINE = 57;

// A decimal m × 10^-k is one correctly rounded division when m and 10^k are exact doubles: m <= 2^53, k <= 22
// (Clinger 1990, "How to read floating point numbers accurately"). Anything else goes through Number().
const LARGEST_EXACT = 9007199254740991;
const LARGEST_APPENDABLE = 900719925474099; // ten times this plus 9 is still exact
const POWERS_OF_TEN = Float64Array.from({ length: 23 }, (_, k) => Number(`1e${k}`));
const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/;

// Numbers have 20 digits and names of columns 30 letters.
const MAX_TEXT_BYTES = 1000;

/** A position in the bytes of a CSV file, moved on cell by cell. */
export class CellReader {
  readonly bytes: Uint8Array;
  position: number;
  private readonly end: number;
  private readonly fileName: string;

  /** @param fileName for the refusal of a cell that is too long */
  constructor(bytes: Uint8Array, start: number, fileName = '') {
    this.fileName = fileName;
    this.bytes = bytes;
    this.position = start;
    this.end = bytes.length;
  }

  atEnd(): boolean {
    return this.position >= this.end;
  }

  /** True before a comma, a line's end or the file's end. */
  atCellEnd(): boolean {
    if (this.position >= this.end) return true;
    const byte = this.bytes[this.position];
    return byte === COMMA || byte === LINE_FEED || byte === CARRIAGE_RETURN;
  }

  /** Moves over a comma; false when the row has no further cell. */
  skipComma(): boolean {
    if (this.position < this.end && this.bytes[this.position] === COMMA) {
      this.position += 1;
      return true;
    }
    return false;
  }

  /** Moves over a line's end (LF, CRLF or CR); false when another cell stands there. */
  skipLineEnd(): boolean {
    if (this.position >= this.end) return true;
    const byte = this.bytes[this.position];
    if (byte === LINE_FEED) {
      this.position += 1;
      return true;
    }
    if (byte === CARRIAGE_RETURN) {
      this.position += this.bytes[this.position + 1] === LINE_FEED ? 2 : 1;
      return true;
    }
    return false;
  }

  /** Reads a number, correctly rounded, and stands behind its cell; NaN when it is none (the position is then as before). */
  readNumber(): number {
    const { bytes, end } = this;
    const start = this.position;
    let at = start;
    let byte = bytes[at];
    const negative = byte === MINUS;
    if (negative) byte = bytes[(at += 1)];
    let mantissa = 0;
    let digits = 0;
    while (byte >= ZERO && byte <= NINE) {
      if (mantissa > LARGEST_APPENDABLE) return this.readSlowNumber(start);
      mantissa = mantissa * 10 + (byte - ZERO);
      digits += 1;
      byte = bytes[(at += 1)];
    }
    let decimals = 0;
    if (byte === POINT) {
      byte = bytes[(at += 1)];
      let zeros = 0; // zeros at the end of a fraction say nothing: they count only when another digit follows
      while (byte >= ZERO && byte <= NINE) {
        digits += 1;
        if (byte === ZERO) {
          zeros += 1;
        } else {
          for (; zeros >= 0; zeros -= 1) {
            if (mantissa > LARGEST_APPENDABLE) return this.readSlowNumber(start);
            mantissa *= 10;
            decimals += 1;
          }
          mantissa += byte - ZERO;
          zeros = 0;
        }
        byte = bytes[(at += 1)];
      }
    }
    const endsCell = at >= end || byte === COMMA || byte === LINE_FEED || byte === CARRIAGE_RETURN;
    if (digits === 0 || !endsCell || decimals > 22 || mantissa > LARGEST_EXACT) return this.readSlowNumber(start);
    this.position = at;
    const value = decimals === 0 ? mantissa : mantissa / POWERS_OF_TEN[decimals];
    return negative ? -value : value;
  }

  /**
   * The text of the cell, without quotes and surrounding blanks; stands behind it.
   * @throws BAD_FILE for a cell that is longer than any number or name: a file may be one endless cell
   */
  readText(): string {
    const { bytes, end } = this;
    const start = this.position;
    let text = '';
    let quoted = false;
    for (; this.position < end; this.position += 1) {
      const byte = bytes[this.position];
      if (this.position - start >= MAX_TEXT_BYTES && (quoted || !this.atCellEnd())) throw this.refuseLong(start);
      if (byte === QUOTE) {
        if (quoted && bytes[this.position + 1] === QUOTE) {
          text += '"';
          this.position += 1;
        } else {
          quoted = !quoted;
        }
      } else if (byte === LINE_FEED || byte === CARRIAGE_RETURN || (byte === COMMA && !quoted)) {
        break; // a quote that is never closed ends with its line: no cell of ours holds a line break
      } else {
        text += String.fromCharCode(byte);
      }
    }
    return decodeUtf8(text).trim();
  }

  /** Moves behind the cell. */
  skipCell(): void {
    while (!this.atCellEnd()) {
      const byte = this.bytes[this.position];
      if (byte === QUOTE) {
        this.readText();
        return;
      }
      this.position += 1;
    }
  }

  /** True when the row holds nothing but blanks; moves over them then. */
  skipBlankLine(): boolean {
    let at = this.position;
    while (at < this.end && (this.bytes[at] === SPACE || this.bytes[at] === TAB)) at += 1;
    const blank = at >= this.end || this.bytes[at] === LINE_FEED || this.bytes[at] === CARRIAGE_RETURN;
    if (blank) {
      this.position = at;
      this.skipLineEnd();
    }
    return blank;
  }

  private refuseLong(start: number): Error {
    let row = 1;
    for (let at = 0; at < start; at += 1) {
      if (this.bytes[at] === LINE_FEED || (this.bytes[at] === CARRIAGE_RETURN && this.bytes[at + 1] !== LINE_FEED)) row += 1;
    }
    return refuseFile(this.fileName, row, `a cell has more than ${MAX_TEXT_BYTES} bytes`, 'Is that a file of klines? Get it again.');
  }

  /** Blanks, quotes, exponents, plus signs and more digits than a double holds exactly. */
  private readSlowNumber(start: number): number {
    this.position = start;
    const text = this.readText();
    if (NUMBER.test(text)) return Number(text);
    this.position = start;
    return Number.NaN;
  }
}


/** Text whose characters are bytes, as the UTF-8 that they spell; unchanged when they spell none. */
function decodeUtf8(text: string): string {
  if (!/[\x80-\xff]/.test(text)) return text;
  try {
    return decodeURIComponent(text.replace(/[%\x80-\xff]/g, (byte) => `%${byte.charCodeAt(0).toString(16)}`));
  } catch {
    return text;
  }
}
