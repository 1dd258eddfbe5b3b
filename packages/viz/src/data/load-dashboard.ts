// Reads what the dashboard shows: the active bundle, the klines, the predictions on file. What is missing or damaged
// becomes a notice with the way out; the rest is still shown.
import { type Bundle, type BundleMeta, isForecastLabError, klineCount, type Klines } from '@forecastlab/core';
import { type ArtifactStore, openModelRegistry, readLeader, readStoredKlines, venueOfFileName } from '@forecastlab/core/node';
import { assembleDashboard } from './assemble-dashboard.js';
import type { DashboardData, Notice } from './dashboard-data.js';
import { type KlinesPlace, locateKlines } from './locate-klines.js';
import type { DashboardMarket } from './market-view.js';
import { readMarket } from './read-market.js';
import { readRecorded } from './read-recorded.js';
import { isoDate } from './words.js';

export interface LoadDashboardOptions {
  /** Where klines, bundles and predictions lie. */
  readonly store: ArtifactStore;
  /** UTC milliseconds: bars that close later are left out, ages count to here. */
  readonly nowMs: number;
  /** How many of the newest bars are shown. */
  readonly days: number;
  /** A file of klines. Default: the stored one of symbol and interval. */
  readonly dataFile?: string | undefined;
  /** Default: the active bundle's. */
  readonly symbol?: string | undefined;
  readonly interval?: string | undefined;
}

const TRAIN_COMMAND = 'forecastlab-train bundle --symbol BTCUSDT --interval 1d --candidates T21_X8,T14_X8 --features flow --activate';
const UPDATE_COMMAND = 'forecastlab-train data update --symbol SAMPLEUSDT --interval 1d --source sample';

/**
 * Loads the dashboard's data.
 * @throws BAD_FILE when the file that `dataFile` names is wrong
 */
export async function loadDashboard(options: LoadDashboardOptions): Promise<DashboardData> {
  const { store, nowMs, days } = options;
  const notices: Notice[] = [];
  const active = await readActive(store, notices);
  const meta = active?.bundle.meta ?? null;
  const place = await locateKlines(store, { dataFile: options.dataFile, symbol: options.symbol, interval: options.interval, bundle: meta });
  const market = place === null ? null : await readMarketOrSay(place, options, notices);
  if (place === null) notices.push({ kind: 'no-data', message: `There are no klines${options.symbol === undefined ? '' : ` of ${options.symbol}`} under data/raw to show.`, command: UPDATE_COMMAND });
  if (active === null && notices.every(({ kind }) => kind !== 'problem')) {
    notices.push({ kind: 'no-bundle', message: 'No bundle is active, so there is nothing to predict with.', command: trainCommand(market) });
  }
  const recorded = market === null ? { predictions: [], warnings: [] } : await readRecorded(store, { symbol: market.symbol, interval: market.interval, fromDate: oldestShown(market, days) });
  const leader = market === null || meta === null ? undefined : await readLeaderOrSay(store, meta, market, { nowMs, notices });
  return assembleDashboard({ nowMs, days, market, leader, active, recorded: recorded.predictions, warnings: recorded.warnings, notices });
}

async function readActive(store: ArtifactStore, notices: Notice[]): Promise<{ bundle: Bundle; activatedAt: string | null } | null> {
  const registry = openModelRegistry(store);
  try {
    const bundle = await registry.loadActive();
    return bundle === undefined ? null : { bundle, activatedAt: (await registry.active())?.activated_at ?? null };
  } catch (error) {
    notices.push(problem(error, 'The active bundle is refused.'));
    return null;
  }
}

async function readMarketOrSay(place: KlinesPlace, options: LoadDashboardOptions, notices: Notice[]): Promise<DashboardMarket | null> {
  try {
    return await readMarket(options.store, place, options);
  } catch (error) {
    // Who names a file wants that file.
    if (options.dataFile !== undefined) throw error;
    notices.push(problem(error, 'The klines cannot be used.'));
    return null;
  }
}

/** The bars that features of the bundle follow; without them the answers are there, with a warning of their own. */
async function readLeaderOrSay(store: ArtifactStore, meta: BundleMeta, market: DashboardMarket, { nowMs, notices }: { readonly nowMs: number; readonly notices: Notice[] }): Promise<Klines | undefined> {
  const symbol = meta.leader?.symbol;
  if (symbol === undefined || symbol === market.symbol) return undefined;
  const data = meta.symbols?.find((own) => own.symbol === symbol) ?? meta.data;
  try {
    const place = { symbol, interval: meta.interval, venue: venueOfFileName(data.file ?? '') };
    if ((await readStoredKlines(store, place)) === undefined) return undefined;
    return (await readLeader(store, { ...place, leader: symbol }, { nowMs }))?.klines;
  } catch (error) {
    notices.push(problem(error, `The klines of ${symbol}, which features of the bundle follow, cannot be used.`));
    return undefined;
  }
}

/** Only failures of which we know what to say become notices. */
function problem(error: unknown, what: string): Notice {
  if (!isForecastLabError(error)) throw error;
  return { kind: 'problem', message: [what, error.message, error.hint].filter(Boolean).join(' ') };
}

function trainCommand(market: DashboardMarket | null): string {
  return market === null ? TRAIN_COMMAND : TRAIN_COMMAND.replace('BTCUSDT', market.symbol).replace('1d', market.interval);
}

function oldestShown(market: DashboardMarket, days: number): string {
  const { openTimeMs } = market.klines;
  return isoDate(openTimeMs[Math.max(0, klineCount(market.klines) - days)]);
}
