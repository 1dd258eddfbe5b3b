// The bars of an archive of the exchange: unpacked, parsed, and held against what its name says.
import { closedKlines } from '../../klines/closed-klines.js';
import { type Interval, nextOpenTime, parseInterval, startOfInterval } from '../../klines/interval.js';
import { type Klines, klineCount } from '../../klines/klines.js';
import { parseKlinesCsv } from '../../klines/parse-klines-csv.js';
import type { ParsedKlines } from '../../klines/parsed-klines.js';
import { OPTIONAL_COLUMNS } from '../../klines/csv-columns.js';
import { refuseFile } from '../../klines/refuse-file.js';
import { optionError } from '../../errors.js';
import { type ArchiveName, barsInPeriod, parseArchiveName, periodSpan } from './archive-name.js';
import { unpackArchive } from './unpack-archive.js';

/** Real rows have 110 to 190 bytes; coins of tiny price and huge volume have the longest. */
const MAX_ROW_BYTES = 400;
const MAX_HEADER_BYTES = 1000;
const HINT = 'Get the archive again, or take these bars from the exchange itself.';

export interface ReadArchiveOptions {
  /** `BTCUSDT-1d-2024-01.zip`: it says what must be inside. */
  readonly name: string;
  /** UTC ms: bars that close later were open when the archive was made, and are left out. Default: none. */
  readonly closedBeforeMs?: number;
}

/** The most bytes that the CSV of this archive can have, and the zip with it. */
export function maxArchiveBytes({ interval, period }: ArchiveName): number {
  return MAX_HEADER_BYTES + barsInPeriod(parseInterval(interval), period) * MAX_ROW_BYTES;
}

/**
 * The closed bars of an archive, oldest first.
 * @throws BAD_FILE naming what is wrong, with the row where there is one; BAD_OPTION for a name that is no archive's
 */
export async function readArchive(bytes: Uint8Array, options: ReadArchiveOptions): Promise<Klines> {
  const facts = parseArchiveName(options.name);
  if (facts === undefined) throw optionError('readArchive', 'name', 'that of an archive, such as BTCUSDT-1d-2024-01.zip', options.name);
  const member = options.name.replace(/\.zip$/, '.csv');
  const csv = await unpackArchive(bytes, { fileName: options.name, member, maxBytes: maxArchiveBytes(facts) });
  const parsed = parseKlinesCsv(csv, { fileName: options.name, interval: facts.interval });
  checkColumns(parsed);
  checkTimes(parsed, parseInterval(facts.interval), facts.period);
  const closed = closedKlines(parsed.klines, { serverTimeMs: options.closedBeforeMs ?? Number.POSITIVE_INFINITY });
  if (klineCount(closed) === 0) throw refuseFile(options.name, undefined, 'none of its bars had closed when it was made', HINT);
  return closed;
}

/** An archive has the exchange's own columns, all filled, whatever else a CSV of klines may look like. */
function checkColumns(parsed: ParsedKlines): void {
  const isExchange = (parsed.format === 'exchange-dump' || parsed.format === 'exchange-csv') && parsed.timeUnit !== 's' && parsed.timeUnit !== 'iso';
  if (!isExchange || !parsed.hasOrderFlow) throw refuseFile(parsed.fileName, 1, 'these are not the columns of the exchange’s archives', HINT);
  for (const column of OPTIONAL_COLUMNS) {
    const empty = parsed.klines[column].findIndex((value) => Number.isNaN(value));
    if (empty >= 0) throw refuseFile(parsed.fileName, parsed.firstRow + empty, `the cell of ${column} is empty`, HINT);
  }
}

function checkTimes({ klines, fileName, firstRow }: ParsedKlines, interval: Interval, period: string): void {
  const { openTimeMs, closeTimeMs } = klines;
  const { fromMs, toMs } = periodSpan(period);
  for (let row = 0; row < openTimeMs.length; row += 1) {
    const opened = openTimeMs[row];
    const wrong = (what: string): Error => refuseFile(fileName, firstRow + row, `the bar of ${new Date(opened).toISOString()} ${what}`, HINT);
    if (!(opened >= fromMs && opened < toMs)) throw wrong(`opens outside ${period}`);
    if (row > 0 && !(opened > openTimeMs[row - 1])) throw wrong('does not open after the bar before it');
    // the exchange anchors its 3-day bars as it likes
    if (interval.name !== '3d' && startOfInterval(interval, opened) !== opened) throw wrong(`does not open where a bar of ${interval.name} begins`);
    if (!(closeTimeMs[row] < nextOpenTime(interval, opened))) throw wrong(`is longer than ${interval.name}`);
  }
}
