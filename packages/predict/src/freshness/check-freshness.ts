// Is the newest prediction there that should be? Not: was something written lately, which a backfill of last month would answer.
import { type BundleMeta, parseInterval } from '@forecastlab/core';
import { type ArtifactStore, readRuns, type RunRecord } from '@forecastlab/core/node';
import { dueMs } from '../bars/expected-day.js';
import { readActiveMeta } from './active-meta.js';
import { checkMarket, type MarketFreshness } from './check-market.js';
import { expectedByDeadline, parseDeadline } from './deadline.js';
import { expectedMarkets } from './expected-markets.js';

/** What `freshness` found. */
export interface FreshnessReport {
  readonly fresh: boolean;
  /** Name of the bundle whose description says what is expected; null when there is none. */
  readonly deploy_name: string | null;
  /** The day that is expected by now; null without a bundle. */
  readonly asof_date: string | null;
  /** Since when, UTC, ISO 8601. */
  readonly deadline_at: string | null;
  readonly markets: readonly MarketFreshness[];
  /** Why nothing can be expected, or that the active bundle cannot be read; sentences. */
  readonly problems: readonly string[];
  /** What is odd but no reason to worry by itself; sentences. */
  readonly notes: readonly string[];
  /** The newest run of `predict`; null when there is none. */
  readonly last_run: Pick<RunRecord, 'run_id' | 'started_at' | 'finished_at' | 'exit_code'> | null;
}

/** A clock may differ by this much from another that is right. */
const CLOCK_SLACK_MS = 5 * 60_000;

/** @throws BAD_OPTION for a deadline or symbols that are wrong, and what the store throws */
export async function checkFreshness(
  store: ArtifactStore,
  options: {
    /** Time of day with its zone: `01:00Z`. */
    readonly deadline: string;
    /** Default: those of the active bundle. */
    readonly symbols?: readonly string[] | undefined;
    readonly nowMs: number;
  },
): Promise<FreshnessReport> {
  const { nowMs } = options;
  const deadlineMs = parseDeadline(options.deadline);
  const { meta, problems } = await readActiveMeta(store);
  const [lastRun] = await readRuns(store, { job: 'predict', limit: 1, skipDamaged: true });
  const lastRunFacts = lastRun === undefined ? null : { run_id: lastRun.run_id, started_at: lastRun.started_at, finished_at: lastRun.finished_at, exit_code: lastRun.exit_code };
  if (meta === undefined) return { fresh: false, deploy_name: null, asof_date: null, deadline_at: null, markets: [], problems, notes: clockNotes(nowMs, [], lastRun), last_run: lastRunFacts };
  const { asofDate, deadlineAtMs } = expectedByDeadline(parseInterval(meta.interval), { deadlineMs, nowMs });
  const symbols = await expectedMarkets(store, meta, options.symbols);
  const markets: MarketFreshness[] = [];
  for (const symbol of symbols) markets.push(await checkMarket(store, meta, { symbol, asofDate, nowMs }));
  return {
    fresh: markets.every(({ status }) => status === 'fresh'),
    deploy_name: meta.deployName,
    asof_date: asofDate,
    deadline_at: new Date(deadlineAtMs).toISOString(),
    markets,
    problems,
    notes: [...markets.filter(({ backfilled }) => backfilled).map(({ symbol }) => `The prediction of ${symbol} was made later than its day (backfilled).`), ...clockNotes(nowMs, newestCloses(meta, markets), lastRun)],
    last_run: lastRunFacts,
  };
}

function newestCloses(meta: BundleMeta, markets: readonly MarketFreshness[]): number[] {
  return markets.flatMap(({ newest }) => (newest === null ? [] : [dueMs(parseInterval(meta.interval), newest)]));
}

/** A clock that is behind expects too little: what was written since tells. */
function clockNotes(nowMs: number, closesMs: readonly number[], lastRun: RunRecord | undefined): string[] {
  const evidenceMs = Math.max(...closesMs, lastRun === undefined ? -Infinity : Date.parse(lastRun.started_at));
  return evidenceMs > nowMs + CLOCK_SLACK_MS ? [`The clock of this machine says ${new Date(nowMs).toISOString()}, yet there are predictions or runs of ${new Date(evidenceMs).toISOString()}: it is behind, or was ahead.`] : [];
}
