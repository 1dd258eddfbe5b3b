// The archives of the exchange, month by month and day by day: downloaded, held against their checksums, read.
import { join } from 'node:path';
import { isForecastLabError, optionError } from '../../errors.js';
import { foreignText } from '../../text/foreign-text.js';
import { type Klines, klineCount } from '../../klines/klines.js';
import type { HttpClient } from '../http/http-client.js';
import { readHttpDate } from '../http/retry-after.js';
import type { Sleep } from '../http/sleep.js';
import type { ArchiveRecord } from './archive-record.js';
import type { Market } from '../../klines/market.js';
import { type FileSystem, nodeFileSystem } from '../store/file-system.js';
import { checkStaysInside } from '../store/stays-inside.js';
import { withLock } from '../store/with-lock.js';
import { archiveName, archiveUrl, parseArchiveName } from './archive-name.js';
import { removeArchive } from './archive-part.js';
import { openDumpSite } from './dump-site.js';
import { obtainArchive } from './obtain-archive.js';
import { maxArchiveBytes, readArchive } from './read-archive.js';
import { readChecksum } from './read-checksum.js';

/** Options of {@link openDumps}. */
export interface DumpOptions {
  readonly http: HttpClient;
  /** Default: https://data.binance.vision */
  readonly baseUrl?: string;
  /** A folder of this machine for archives on their way and those whose bars are not yet stored. Made when it is needed. */
  readonly folder: string;
  /** `folder` is below this one, and must not lead out of it through symbolic links. Default: links are followed. */
  readonly root?: string | undefined;
  /** UTC ms, best by the exchange's clock: bars that close later are left out. */
  readonly nowMs: () => number;
  readonly sleep: Sleep;
  /** In [0, 1). */
  readonly random: () => number;
  readonly signal?: AbortSignal;
  readonly log?: (text: string) => void;
  /** Default: the file system of this machine. */
  readonly fs?: FileSystem;
}

/** What became of an archive. `absent`: the site has none of this name. `refused`: it has one that cannot be trusted; `reason` says why. */
export type ArchiveResult =
  | { readonly kind: 'taken'; readonly klines: Klines; readonly record: ArchiveRecord }
  | { readonly kind: 'absent'; readonly name: string }
  | { readonly kind: 'refused'; readonly name: string; readonly reason: string; readonly record: ArchiveRecord };

/** What the CHECKSUM file of an archive says. */
export interface ArchiveChecksum {
  readonly name: string;
  readonly sha256: string;
  /** Of the CHECKSUM file, ISO 8601 UTC; null when the site does not say. */
  readonly lastModified: string | null;
}

export interface Dumps {
  /**
   * The closed bars of a month (`2024-01`) or a day (`2024-01-05`). An archive that was downloaded before and is still what the site has is
   * not downloaded again, until it is released.
   * @throws TEMPORARY or FAILED when the site cannot be reached; the system's error when the folder cannot be written (a full disk); BAD_FILE when a symbolic link lies in the way
   */
  fetch(market: Market, period: string, options?: { readonly signal?: AbortSignal }): Promise<ArchiveResult>;
  /** Tells by its sha256 whether an archive has been published anew; undefined while there is no checksum that can be read. */
  checksum(market: Market, period: string): Promise<ArchiveChecksum | undefined>;
  /** The bars of the archive are stored: its files are removed. */
  release(name: string): Promise<void>;
  usage(): { readonly requests: number; readonly bytes: number };
}

const DEFAULT_BASE_URL = 'https://data.binance.vision';
/** A killed process cannot unlock; whoever comes after it waits for so long. A large archive takes minutes. */
const LOCK = { staleMs: 5000, waitMs: 300_000 };

/** The archives at `baseUrl`. */
export function openDumps(options: DumpOptions): Dumps {
  const { baseUrl = DEFAULT_BASE_URL, folder, root, nowMs, sleep, random, log, fs = nodeFileSystem } = options;
  const site = openDumpSite(options);
  const checkFolder = async (): Promise<void> => (root === undefined ? undefined : checkStaysInside(fs, root, folder));
  return {
    fetch: async (market, period, { signal: own } = {}) => {
      const name = archiveName(market, period);
      const path = join(folder, name);
      await checkFolder();
      const { sha256, found } = await withLock(path, LOCK, async (lock) => {
        const signals = [lock.signal, options.signal, own].filter((each) => each !== undefined);
        const url = archiveUrl(baseUrl, market, period);
        return obtainArchive({ site, url, path, name, maxBytes: maxArchiveBytes({ ...market, period }), fs, sleep, random, log, signal: AbortSignal.any(signals) });
      });
      if (found === 'absent') return { kind: 'absent', name };
      const refused = (why: string, lastModified: string | null): ArchiveResult => {
        const reason = foreignText(why);
        return { kind: 'refused', name, reason, record: { name, sha256, last_modified: lastModified, rows: 0, refused: reason } };
      };
      if ('reason' in found) return refused(found.reason, null);
      const lastModified = isoTime(found.lastModified);
      try {
        const klines = await readArchive(found.bytes, { name, closedBeforeMs: Math.min(nowMs(), lastModified === null ? Infinity : Date.parse(lastModified)) });
        return { kind: 'taken', klines, record: { name, sha256, last_modified: lastModified, rows: klineCount(klines) } };
      } catch (error) {
        if (!isForecastLabError(error) || error.code !== 'BAD_FILE') throw error;
        await removeArchive(path, fs);
        return refused(error.message.replace(new RegExp(`^${name}[:,] `), ''), lastModified);
      }
    },
    checksum: async (market, period) => {
      const name = archiveName(market, period);
      const line = await readChecksum({ site, url: archiveUrl(baseUrl, market, period), name, isFresh: true, signal: options.signal });
      if (line.kind === 'unreadable') log?.(`${name}: ${line.reason}`);
      return line.kind === 'read' ? { name, sha256: line.sha256, lastModified: isoTime(line.lastModified) } : undefined;
    },
    release: async (name) => {
      if (parseArchiveName(name) === undefined) throw optionError('release', 'name', 'that of an archive, such as BTCUSDT-1d-2024-01.zip', name);
      await checkFolder();
      await removeArchive(join(folder, name), fs);
    },
    usage: site.usage,
  };
}

/** Of an HTTP date; null for what is none. */
function isoTime(header: string | null | undefined): string | null {
  const timeMs = readHttpDate(header ?? '');
  return timeMs === undefined ? null : new Date(timeMs).toISOString();
}
