// Writes the cells of a CSV straight to bytes: no string per cell on the usual path. The counterpart of cell-reader.ts.

const ZERO = 48;
const POINT = 46;
const DAY_MS = 86_400_000;
// Room that one row of any content needs at most: 12 cells of at most 32 characters.
const ROW_ROOM = 512;

// A decimal of at most 15 digits that a double reads back is the shortest one that does: two such decimals are never the same
// double. Values with at most 8 decimals below 1e7 are checked against m / 1e8, which is correctly rounded (see cell-reader.ts).
const DECIMALS = 8;
const SCALE = 1e8;
const LARGEST_SCALED = 999_999_999_999_999;
// Numbers below this are written with an exponent by JavaScript.
const SMALLEST_PLAIN = 1e-6;

/** Bytes that grow cell by cell. */
export class CellWriter {
  private bytes: Uint8Array;
  private position = 0;
  private day = Number.NaN;
  private readonly dayText = new Uint8Array(11); // `2018-01-01T`

  constructor(capacity: number) {
    this.bytes = new Uint8Array(Math.max(capacity, ROW_ROOM));
  }

  get length(): number {
    return this.position;
  }

  /** Makes room for one more row. @param rowsLeft rows to come, this one included: room for all of them is made at once */
  reserveRow(rowsLeft: number, rowsDone: number): void {
    if (this.position + ROW_ROOM <= this.bytes.length) return;
    const perRow = rowsDone === 0 ? ROW_ROOM / 4 : this.position / rowsDone;
    const grown = new Uint8Array(this.position + Math.ceil(rowsLeft * perRow * 1.04) + 2 * ROW_ROOM);
    grown.set(this.bytes.subarray(0, this.position));
    this.bytes = grown;
  }

  /** What was written, a view. */
  finish(): Uint8Array {
    return this.bytes.subarray(0, this.position);
  }

  byte(value: number): void {
    this.bytes[this.position++] = value;
  }

  /** ASCII text. */
  text(text: string): void {
    const { bytes } = this;
    for (let i = 0; i < text.length; i += 1) bytes[this.position++] = text.charCodeAt(i);
  }

  /** A value that may have decimals: `12750.0`, so that other tools read the column as floating point. NaN is an empty cell. */
  decimal(value: number): void {
    if (value !== value) return;
    if ((value >= SMALLEST_PLAIN && value < SCALE) || value === 0) {
      const scaled = Math.round(value * SCALE);
      if (scaled <= LARGEST_SCALED && scaled / SCALE === value) {
        this.scaled(scaled);
        return;
      }
    }
    const text = String(value);
    this.text(text);
    if (Number.isInteger(value) && !text.includes('e')) this.text('.0');
  }

  /** A count. NaN is an empty cell. */
  whole(value: number): void {
    if (value !== value) return;
    if (Number.isSafeInteger(value) && value >= 0 && !Object.is(value, -0)) this.digits(value);
    else this.text(String(value));
  }

  /** As the predecessor wrote it: `2018-01-01T00:00:00+00:00`, milliseconds only where there are any. */
  time(timeMs: number): void {
    const day = Math.floor(timeMs / DAY_MS);
    if (day !== this.day) {
      const date = new Date(day * DAY_MS).toISOString();
      if (date.length !== 24 || !Number.isInteger(timeMs)) {
        // years beyond 9999 and parts of a millisecond
        const text = new Date(timeMs).toISOString();
        this.text(`${text.endsWith('.000Z') ? text.slice(0, -5) : text.slice(0, -1)}+00:00`);
        return;
      }
      for (let i = 0; i < 11; i += 1) this.dayText[i] = date.charCodeAt(i);
      this.day = day;
    }
    const { bytes, dayText } = this;
    const at = this.position;
    for (let i = 0; i < 11; i += 1) bytes[at + i] = dayText[i];
    const inDay = Math.floor(timeMs) - day * DAY_MS;
    const seconds = Math.floor(inDay / 1000);
    this.position = at + 11;
    this.two(Math.floor(seconds / 3600));
    bytes[this.position++] = 58; // :
    this.two(Math.floor(seconds / 60) % 60);
    bytes[this.position++] = 58;
    this.two(seconds % 60);
    const ms = inDay - seconds * 1000;
    if (ms !== 0) {
      bytes[this.position++] = POINT;
      bytes[this.position++] = ZERO + Math.floor(ms / 100);
      this.two(ms % 100);
    }
    this.text('+00:00');
  }

  private two(value: number): void {
    this.bytes[this.position++] = ZERO + Math.floor(value / 10);
    this.bytes[this.position++] = ZERO + (value % 10);
  }

  /** A whole number from 0 to 2^53. */
  private digits(value: number): void {
    if (value >= 1e9) {
      const high = Math.floor(value / 1e9);
      this.digits(high);
      this.padded(value - high * 1e9, 9);
      return;
    }
    let rest = value | 0;
    let width = 1;
    for (let power = 10; rest >= power; power *= 10) width += 1;
    const end = this.position + width;
    for (let at = end - 1; at >= this.position; at -= 1) {
      const tenth = (rest / 10) | 0;
      this.bytes[at] = ZERO + rest - tenth * 10;
      rest = tenth;
    }
    this.position = end;
  }

  private padded(value: number, width: number): void {
    let rest = value | 0;
    const end = this.position + width;
    for (let at = end - 1; at >= this.position; at -= 1) {
      const tenth = (rest / 10) | 0;
      this.bytes[at] = ZERO + rest - tenth * 10;
      rest = tenth;
    }
    this.position = end;
  }

  /** `scaled` hundred-millionths, without zeros at the end but with one decimal at least. */
  private scaled(scaled: number): void {
    const whole = Math.floor(scaled / SCALE);
    this.digits(whole);
    this.bytes[this.position++] = POINT;
    const first = this.position;
    this.padded(scaled - whole * SCALE, DECIMALS);
    while (this.position > first + 1 && this.bytes[this.position - 1] === ZERO) this.position -= 1;
  }
}
