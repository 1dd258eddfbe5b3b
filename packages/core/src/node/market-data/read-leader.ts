// The bars of the leading market: what Bitcoin did tells something of other coins, and features of the set `market` ask for it.
import { basename } from 'node:path';
import { ForecastLabError, optionError } from '../../errors.js';
import { parseInterval } from '../../klines/interval.js';
import type { Klines } from '../../klines/klines.js';
import { prepareKlines } from '../../klines/prepare-klines.js';
import type { ArtifactStore } from '../store/artifact-store.js';
import { closingClockMs } from './closing-clock.js';
import { rawKlinesPath, type Venue } from './raw-klines-path.js';
import { readKlinesFile } from './read-klines-file.js';
import { readStoredKlines } from './stored-klines.js';
import { symbolOfFileName } from './symbol-of-file-name.js';
import { updateCommand } from './update-command.js';

/** Who leads when nobody else is named. */
export const DEFAULT_LEADER = 'BTCUSDT';

/** Which leader is wanted. */
export interface LeaderRequest {
  /** Bar length such as `1d`: that of the market which is led. */
  readonly interval: string;
  /** Of stored bars. Default: `spot`. */
  readonly venue?: Venue | undefined;
  /** A symbol whose bars are stored, or the path of a file of klines (with a dot or a slash in it). Default: BTCUSDT, if it is stored. */
  readonly leader?: string | undefined;
}

/** A leading market's bars, ready for use. */
export interface Leader {
  /** Null when the file's name does not tell. */
  readonly symbol: string | null;
  /** Closed bars, oldest first. */
  readonly klines: Klines;
  /** Name of the file, without folders. */
  readonly file: string;
  /** What was mended, dropped or is odd: one sentence each. */
  readonly warnings: readonly string[];
}

/**
 * The closed bars of the leader; undefined when none was named and BTCUSDT is not stored.
 * @throws BAD_FILE when the leader that was named is not there or cannot be used, BAD_OPTION for a file of another bar length
 * @example await readLeader(store, { interval: '1d' }, { nowMs: Date.now() })
 */
export async function readLeader(store: ArtifactStore, request: LeaderRequest, { nowMs }: { /** UTC ms: bars that close later are left out. */ readonly nowMs: number }): Promise<Leader | undefined> {
  const { interval, venue = 'spot', leader = DEFAULT_LEADER } = request;
  if (/[./\\]/.test(leader)) return readFile(leader, interval, nowMs);
  const market = { symbol: leader, interval, venue };
  const stored = await readStoredKlines(store, market);
  if (stored === undefined) {
    if (request.leader === undefined) return undefined;
    const file = store.describe(rawKlinesPath(market));
    throw new ForecastLabError('BAD_FILE', `There are no stored klines of the leader ${leader} ${interval}: ${file} does not exist.`, { hint: `Fetch them with ${updateCommand(market)}, or name a file.`, details: { file } });
  }
  const { klines, warnings } = prepareKlines(stored.parsed, { serverTimeMs: closingClockMs(stored, nowMs), lastBar: stored.isVouchedFor ? 'trust' : 'check' });
  return { symbol: leader, klines, file: basename(stored.path), warnings };
}

async function readFile(path: string, interval: string, nowMs: number): Promise<Leader> {
  const { parsed } = await readKlinesFile(path);
  if (parsed.interval !== parseInterval(interval).name) throw optionError('the command', 'leader', `a market with bars of ${interval}, such as those that it leads`, parsed.interval);
  const { klines, warnings } = prepareKlines(parsed, { serverTimeMs: nowMs, lastBar: 'check' });
  return { symbol: symbolOfFileName(basename(path)), klines, file: basename(path), warnings };
}
