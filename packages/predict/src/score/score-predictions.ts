// The job `score`: what became of every prediction, written down as it becomes known, and the scorecard of all that is known.
import { formatScorecard, isForecastLabError, latestOutcomes, makeScorecard, type OutcomeLine, type Scorecard, type UnscoredAnswer } from '@forecastlab/core';
import { type ArtifactStore, type Market, openModelRegistry, type Promotion } from '@forecastlab/core/node';
import { marketOfBundle } from '../bundle/market-of-bundle.js';
import { type BarSource, updateStoredBars } from '../bars/update-stored-bars.js';
import { type BundleFacts, type BundleShelf, openBundleShelf } from './bundle-facts.js';
import { type MarketBars, readMarketBars } from './market-bars.js';
import { missingAnswers } from './missing-answers.js';
import { readOutcomeFile } from './outcome-file.js';
import { failureOf, type PredictionFiles, readPredictionFiles, type ScoreFailure, type StoredPrediction } from './prediction-files.js';
import { DAILY_FOLDER, SCORECARD_FILE } from './score-paths.js';
import { settlePrediction } from './settle-prediction.js';

/** A request to score. */
export interface ScoreRequest {
  readonly store: ArtifactStore;
  /** UTC milliseconds: bars that close later are not looked at. */
  readonly nowMs: number;
  /** Bring the stored klines of all markets up to date from this source first; a dry run does not. Default: take them as they are. */
  readonly source?: BarSource | undefined;
  /** Score, but write nothing. Default: false. */
  readonly isDryRun?: boolean | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** What came of it. */
export interface ScoreReport {
  readonly scorecard: Scorecard;
  /** Lines of outcomes that were added, corrections among them. */
  readonly added: readonly OutcomeLine[];
  /** Files and markets that could not be used; everything else is scored. */
  readonly failures: readonly ScoreFailure[];
  /** What was mended, and what is odd about the bars; sentences. */
  readonly notes: readonly string[];
  /** 0 when nothing failed, 3 when something did, 75 when every market failed and each may succeed later. */
  readonly exitCode: 0 | 3 | 75;
}

/** Another run that adds outcomes at the same time is waited for so often. */
const MOST_TRIES = 3;

/**
 * Scores every prediction of the store: adds outcomes that have become known to outcomes.jsonl, and writes scorecard.json.
 * @throws CONFLICT when other runs wrote outcomes again and again meanwhile, INTERRUPTED; what is wrong with a file or a market is in `failures`
 */
export async function scorePredictions(request: ScoreRequest): Promise<ScoreReport> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await scoreOnce(request);
    } catch (error) {
      if (!isForecastLabError(error) || error.code !== 'CONFLICT' || tries === MOST_TRIES) throw error;
    }
  }
}

async function scoreOnce(request: ScoreRequest): Promise<ScoreReport> {
  const { store, isDryRun = false, signal } = request;
  const shelf = openBundleShelf(store);
  const files = await readPredictionFiles(store, { signal });
  const outcomes = await readOutcomeFile(store);
  const history = await readHistory(store);
  const facts = await factsByName([...files.predictions.map(({ prediction }) => prediction.deploy_name), ...outcomes.lines.map(({ deploy_name }) => deploy_name), ...history.promotions.map(({ to }) => to)], shelf);
  const known = latestOutcomes(outcomes.lines);
  const work: Work = { failures: [...files.failures], notes: [...outcomes.damage, ...history.notes], added: [], unscored: [], newestBars: {} };
  const markets = marketsOf(files.predictions, facts, history.promotions);
  for (const market of markets) {
    signal?.throwIfAborted();
    await scoreMarket(market, { request, files, facts, known, promotions: history.promotions }, work);
  }
  const added = work.added.sort((a, b) => compare(orderOf(a), orderOf(b)));
  if (!isDryRun) await outcomes.add(added);
  const counted = [...latestOutcomes([...outcomes.lines, ...added]).values()].filter((line) => !isPutAside(line, files));
  for (const own of new Set(counted.map(({ deploy_name }) => deploy_name))) if (facts.get(own) !== undefined) await shelf.prepare(facts.get(own) as BundleFacts);
  const scorecard = makeScorecard({ outcomes: counted, unscored: work.unscored, newestBars: work.newestBars, expectationOf: (sha256, candidate, symbols) => shelf.expectation(sha256, candidate, symbols) });
  if (!isDryRun) await store.replace(SCORECARD_FILE, new TextEncoder().encode(formatScorecard(scorecard)));
  return { scorecard, added, failures: work.failures, notes: work.notes, exitCode: exitCodeFor(work.failures, markets.length) };
}

interface Work {
  readonly failures: ScoreFailure[];
  readonly notes: string[];
  readonly added: OutcomeLine[];
  readonly unscored: UnscoredAnswer[];
  readonly newestBars: Record<string, string>;
}

/** A market that has predictions, or of which a bundle was active. */
interface ScoredMarket {
  readonly market: Required<Market>;
  readonly meta: Parameters<typeof updateStoredBars>[2];
  readonly predictions: readonly StoredPrediction[];
}

interface Around {
  readonly request: ScoreRequest;
  readonly files: PredictionFiles;
  readonly facts: ReadonlyMap<string, BundleFacts | undefined>;
  readonly known: ReadonlyMap<string, OutcomeLine>;
  readonly promotions: readonly Promotion[];
}

async function scoreMarket({ market, meta, predictions }: ScoredMarket, { request, files, facts, known, promotions }: Around, work: Work): Promise<void> {
  const { symbol, interval } = market;
  const name = `${symbol} ${interval}`;
  let nowMs = request.nowMs;
  let bars: MarketBars;
  try {
    if (request.source !== undefined && request.isDryRun !== true) nowMs = (await updateStoredBars(request.store, market, meta, { source: request.source, nowMs })).clockMs;
  } catch (error) {
    work.failures.push(failureOf(name, error));
  }
  try {
    bars = await readMarketBars(request.store, market, { nowMs });
  } catch (error) {
    // a market that nobody predicted has nothing to score
    if (predictions.length > 0) work.failures.push(failureOf(name, error));
    for (const { prediction } of predictions) work.unscored.push(...unseen(prediction, known));
    return;
  }
  work.notes.push(...bars.warnings.map((warning) => `${name}: ${warning}.`));
  work.newestBars[name] = new Date(bars.klines.openTimeMs[bars.klines.openTimeMs.length - 1]).toISOString().slice(0, 10);
  for (const stored of predictions) {
    const own = facts.get(stored.prediction.deploy_name);
    const { added, unscored } = settlePrediction(stored, bars.klines, own?.sha256 === stored.prediction.bundle_sha256 ? own : undefined, known);
    work.added.push(...added);
    work.unscored.push(...unscored);
  }
  const unread = files.failures.map(({ what }) => what).filter((path) => path.startsWith(`${DAILY_FOLDER}${symbol}/`) || path.split('/').length === DAILY_FOLDER.split('/').length);
  const answered = new Set([...predictions.map(({ prediction }) => prediction.asof_date), ...unread.map((path) => path.slice(-15, -5))]);
  const synthetic = predictions.at(-1)?.prediction.synthetic ?? false;
  work.unscored.push(...missingAnswers({ symbol, interval, intervalMs: bars.intervalMs, klines: bars.klines, synthetic, answered }, promotions, (deployName) => facts.get(deployName)));
}

/** Without bars nothing is known of the answers that have no outcome yet. */
function unseen(prediction: StoredPrediction['prediction'], known: ReadonlyMap<string, OutcomeLine>): UnscoredAnswer[] {
  const { symbol, interval, asof_date, deploy_name, bundle_sha256, synthetic } = prediction;
  return prediction.predictions
    .map(({ candidate, T }): UnscoredAnswer => ({ symbol, interval, candidate, T, deploy_name, bundle_sha256, asof_date, synthetic, status: 'unknowable' }))
    .filter((answer) => !known.has([answer.symbol, answer.interval, answer.asof_date, answer.candidate, bundle_sha256].join(' ')));
}

function marketsOf(predictions: readonly StoredPrediction[], facts: Around['facts'], promotions: readonly Promotion[]): readonly ScoredMarket[] {
  const markets = new Map<string, { market: Required<Market>; meta: ScoredMarket['meta']; predictions: StoredPrediction[] }>();
  const enter = (symbol: string, interval: string, own: BundleFacts | undefined, synthetic: boolean): { predictions: StoredPrediction[] } => {
    const key = `${symbol} ${interval}`;
    const found = markets.get(key);
    if (found !== undefined) return found;
    const market = own === undefined ? ({ symbol, interval, venue: 'spot' } as const) : { ...marketOfBundle(own.meta, symbol), interval };
    const meta = own?.meta ?? ({ deployName: 'of its predictions', symbols: undefined, data: { synthetic } } as ScoredMarket['meta']);
    const entered = { market, meta, predictions: [] };
    markets.set(key, entered);
    return entered;
  };
  for (const stored of predictions) {
    const { symbol, interval, deploy_name, synthetic } = stored.prediction;
    enter(symbol, interval, facts.get(deploy_name), synthetic).predictions.push(stored);
  }
  for (const { to } of promotions) {
    const own = facts.get(to);
    if (own !== undefined) for (const symbol of own.meta.symbols?.map((market) => market.symbol) ?? [own.meta.symbol]) enter(symbol, own.meta.interval, own, own.meta.data.synthetic);
  }
  return [...markets.values()].sort((a, b) => compare(a.market.symbol, b.market.symbol) || compare(a.market.interval, b.market.interval));
}

async function factsByName(names: readonly string[], shelf: BundleShelf): Promise<ReadonlyMap<string, BundleFacts | undefined>> {
  const found = new Map<string, BundleFacts | undefined>();
  for (const name of new Set(names)) found.set(name, await shelf.facts(name));
  return found;
}

/** A history that cannot be read keeps no prediction from its score. */
async function readHistory(store: ArtifactStore): Promise<{ readonly promotions: readonly Promotion[]; readonly notes: readonly string[] }> {
  try {
    return { promotions: await openModelRegistry(store).history(), notes: [] };
  } catch (error) {
    const { message } = failureOf('', error);
    return { promotions: [], notes: [`Days without an answer are not counted: ${message}`] };
  }
}

/** The answer that a line is about was put aside, and another one of that day is in its place. */
function isPutAside({ prediction_sha256, symbol, asof_date }: OutcomeLine, { superseded, predictions }: PredictionFiles): boolean {
  return superseded.has(prediction_sha256.slice(0, 12)) && !predictions.some(({ sha256, prediction }) => sha256 === prediction_sha256 && prediction.symbol === symbol && prediction.asof_date === asof_date);
}

function exitCodeFor(failures: readonly ScoreFailure[], markets: number): ScoreReport['exitCode'] {
  if (failures.length === 0) return 0;
  return failures.length >= markets && failures.every(({ code }) => code === 'TEMPORARY') ? 75 : 3;
}

const orderOf = ({ asof_date, symbol, interval, candidate }: OutcomeLine): string => `${asof_date} ${symbol} ${interval} ${candidate}`;
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
