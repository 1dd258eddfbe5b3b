// The archives: made from the bars when they are asked for first, kept as they were published, made anew by `republish`.
import { createHash } from 'node:crypto';
import { type ArchiveAlteration, alterArchive } from './archive-alterations.js';
import { barCsv, barsBefore } from './bar.js';
import type { DumpName } from './dump-name.js';
import type { ExchangeClock } from './exchange-clock.js';
import type { Markets } from './markets.js';
import { zipMembers } from './zip-csv.js';

/** A file of the archive site. */
export interface DumpFile {
  readonly bytes: Buffer;
  readonly lastModifiedMs: number;
  readonly etag: string;
}

export interface Dumps {
  /** The file, or undefined while it is not there. */
  file(name: DumpName): Promise<DumpFile | undefined>;
  /** `BTCUSDT-1d-2024-01.zip` is published anew now: other bytes and, where bars were restated for the dumps, other values. */
  republish(archive: string): void;
  /** From now on the archive is served so. */
  alter(archive: string, alteration: ArchiveAlteration): void;
}

// Spot's archives count in microseconds from this month on; the futures' go on in milliseconds, under a header.
const MICROSECONDS_FROM_MS = Date.UTC(2025, 0, 1);
const FUTURES_HEADER = 'open_time,open,high,low,close,volume,close_time,quote_volume,count,taker_buy_volume,taker_buy_quote_volume,ignore';
/** Archives of a month of minutes have some 2 MB; more of them than these are made again when they are asked for again. */
const KEPT_ARCHIVES = 64;

interface Revision {
  readonly number: number;
  readonly atMs: number;
}

export function createDumps(markets: Markets, clock: ExchangeClock): Dumps {
  const revisions = new Map<string, Revision>();
  const alterations = new Map<string, ArchiveAlteration>();
  const made = new Map<string, Promise<MadeArchive | undefined>>();
  const keyOf = (name: DumpName): string => `${name.venue} ${name.stem}.zip`;

  const build = async (name: DumpName): Promise<MadeArchive | undefined> => {
    const { number, atMs } = revisions.get(`${name.stem}.zip`) ?? { number: 0, atMs: name.publishedMs };
    const lines = dumpLines(markets, name, atMs);
    if (lines.length === 0) return undefined;
    const { lines: edit, archive } = alterations.get(`${name.stem}.zip`) ?? {};
    const csv = Buffer.from(`${[...(name.venue === 'usdm' ? [FUTURES_HEADER] : []), ...(edit?.(lines) ?? lines)].join('\n')}\n`);
    // Zips tell time in steps of two seconds: each revision has its own.
    const mtimeMs = name.publishedMs + number * 60_000;
    const zip = await zipMembers([{ name: `${name.stem}.csv`, bytes: csv }], mtimeMs);
    return { original: zip, served: await alterArchive(archive, { stem: name.stem, csv, zip, mtimeMs }), lastModifiedMs: atMs };
  };
  const archive = (name: DumpName): Promise<MadeArchive | undefined> => {
    const key = keyOf(name);
    const kept = made.get(key) ?? build(name);
    made.delete(key);
    made.set(key, kept);
    for (const oldest of made.keys()) {
      if (made.size <= KEPT_ARCHIVES) break;
      made.delete(oldest);
    }
    return kept;
  };
  const forget = (zip: string): void => {
    for (const key of made.keys()) if (key.endsWith(` ${zip}`)) made.delete(key);
  };
  return {
    file: async (name) => {
      if (clock.nowMs() < name.publishedMs || !markets.hasSymbol(name.venue, name.symbol)) return undefined;
      const found = await archive(name);
      if (found === undefined) return undefined;
      if (!name.isChecksum) return found.served && dumpFile(found.served, found.lastModifiedMs);
      const text = checksumText(found, `${name.stem}.zip`, alterations.get(`${name.stem}.zip`)?.checksum);
      return text === undefined ? undefined : dumpFile(Buffer.from(text), found.lastModifiedMs);
    },
    republish: (zip) => {
      revisions.set(zip, { number: (revisions.get(zip)?.number ?? 0) + 1, atMs: clock.nowMs() });
      forget(zip);
    },
    alter: (zip, alteration) => {
      alterations.set(zip, alteration);
      forget(zip);
    },
  };
}

interface MadeArchive {
  readonly original: Buffer;
  readonly served: Buffer | undefined;
  readonly lastModifiedMs: number;
}

/** The bars that had closed when the archive was published. */
function dumpLines(markets: Markets, name: DumpName, publishedMs: number): string[] {
  const bars = markets.bars(name.venue, name.symbol, name.interval, { nowMs: publishedMs, place: 'dumps' });
  if (bars === undefined) return [];
  const unit = name.venue === 'spot' && name.fromMs >= MICROSECONDS_FROM_MS ? 'us' : 'ms';
  const lines: string[] = [];
  const end = barsBefore(bars, name.toMs);
  for (let row = barsBefore(bars, name.fromMs); row < end; row += 1) {
    const bar = bars.bar(row);
    if (bar.closeTimeMs < publishedMs) lines.push(barCsv(bar, unit));
  }
  return lines;
}

/** As `sha256sum` writes it. */
function checksumText(archive: MadeArchive, zip: string, alteration: ArchiveAlteration['checksum']): string | undefined {
  if (alteration === 'absent') return undefined;
  const wrong = createHash('sha256').update('wrong').digest('hex');
  const own = archive.served === undefined || alteration === 'original' ? archive.original : archive.served;
  if (alteration === undefined || alteration === 'original') return `${createHash('sha256').update(own).digest('hex')}  ${zip}\n`;
  return alteration === 'wrong' ? `${wrong}  ${zip}\n` : alteration;
}

function dumpFile(bytes: Buffer, lastModifiedMs: number): DumpFile {
  return { bytes, lastModifiedMs, etag: `"${createHash('md5').update(bytes).digest('hex')}"` };
}
