// The job `score`: what became of every prediction, written down as it becomes known, and the scorecard of all that is known.
import { formatScorecard, isForecastLabError, latestOutcomes, makeScorecard, type OutcomeLine, type Scorecard, type WantedExpectation, wantedExpectations } from '@forecastlab/core';
import { type ArtifactStore, openModelRegistry, type Promotion } from '@forecastlab/core/node';
import type { BarSource } from '../bars/update-stored-bars.js';
import { type BundleFacts, type BundleShelf, openBundleShelf } from './bundle-facts.js';
import { isDamage } from './is-damage.js';
import { readOutcomeFile } from './outcome-file.js';
import { failureOf, type PredictionFiles, readPredictionFiles, type ScoreFailure } from './prediction-files.js';
import { scoreMarket, type ScoreWork } from './score-market.js';
import { SCORECARD_FILE } from './score-paths.js';
import { marketsOf } from './scored-markets.js';

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
  const outcomes = await readOutcomeFile(store);
  const known = latestOutcomes(outcomes.lines);
  const settled = settledFiles(known.values());
  const firsts = new Set([...known.values()].filter(({ replaced }) => replaced !== true).map(({ prediction_sha256 }) => prediction_sha256));
  const files = await readPredictionFiles(store, { signal, isSettled: (path) => settled.has(path), isKnown: (sha256) => firsts.has(sha256) });
  const history = await readHistory(store);
  const shelf = openBundleShelf(store);
  const { facts, unread, failures } = await factsByName([...files.predictions.map(({ prediction }) => prediction.deploy_name), ...outcomes.lines.map(({ deploy_name }) => deploy_name), ...history.promotions.map(({ to }) => to)], shelf);
  const lines = [...known.values()].filter((line) => !isPutAside(line, files));
  const work: ScoreWork = { failures: [...files.failures, ...failures, ...history.failures], notes: [...outcomes.damage, ...history.notes], added: [], unscored: [], newestBars: {} };
  const markets = marketsOf({ predictions: files.predictions, lines, facts, unread: new Set(unread), promotions: history.promotions });
  for (const market of markets) {
    signal?.throwIfAborted();
    await scoreMarket(market, { request, files, facts, unread: new Set(unread), known, promotions: history.promotions }, work);
  }
  const added = work.added.sort((a, b) => compare(orderOf(a), orderOf(b)));
  if (!isDryRun) await outcomes.add(added);
  const counted = [...latestOutcomes([...lines, ...added]).values()];
  work.failures.push(...(await prepareShelf(shelf, wantedExpectations(counted, work.unscored), new Set(unread))));
  const scorecard = makeScorecard({ outcomes: counted, unscored: work.unscored, newestBars: work.newestBars, expectationOf: (sha256, candidate, symbols) => shelf.expectation(sha256, candidate, symbols) });
  if (!isDryRun) await store.replace(SCORECARD_FILE, new TextEncoder().encode(formatScorecard(scorecard)));
  return { scorecard, added, failures: work.failures, notes: work.notes, exitCode: exitCodeFor(work.failures, markets.length) };
}

/** Paths of predictions all of whose answers are written down. */
function settledFiles(lines: Iterable<OutcomeLine>): ReadonlySet<string> {
  const counts = new Map<string, number>();
  const settled = new Set<string>();
  for (const { prediction_file, prediction_sha256, answers } of lines) {
    const key = `${prediction_file} ${prediction_sha256}`;
    const count = (counts.get(key) ?? 0) + 1;
    counts.set(key, count);
    if (count === answers) settled.add(prediction_file);
  }
  return settled;
}

/** `unread`: bundles that may be there and cannot be read at the moment. */
async function factsByName(names: readonly string[], shelf: BundleShelf): Promise<{ readonly facts: ReadonlyMap<string, BundleFacts | undefined>; readonly unread: readonly string[]; readonly failures: readonly ScoreFailure[] }> {
  const facts = new Map<string, BundleFacts | undefined>();
  const unread: string[] = [];
  const failures: ScoreFailure[] = [];
  for (const name of new Set(names)) {
    try {
      facts.set(name, await shelf.facts(name));
    } catch (error) {
      failures.push(failureOf(name, error));
      unread.push(name);
    }
  }
  return { facts, unread, failures };
}

/** Makes ready what bundles lead to expect; of one that cannot be read at the moment nothing is expected. */
async function prepareShelf(shelf: BundleShelf, wanted: readonly WantedExpectation[], unread: ReadonlySet<string>): Promise<readonly ScoreFailure[]> {
  const failures: ScoreFailure[] = [];
  const byName = new Map<string, WantedExpectation[]>();
  for (const want of wanted) if (!unread.has(want.deployName)) byName.set(want.deployName, [...(byName.get(want.deployName) ?? []), want]);
  for (const [name, own] of byName) {
    try {
      await shelf.prepare(name, own);
    } catch (error) {
      failures.push(failureOf(name, error));
    }
  }
  return failures;
}

/** A history that cannot be read keeps no prediction from its score; one that may be readable later is told as a failure. */
async function readHistory(store: ArtifactStore): Promise<{ readonly promotions: readonly Promotion[]; readonly notes: readonly string[]; readonly failures: readonly ScoreFailure[] }> {
  try {
    return { promotions: await openModelRegistry(store).history(), notes: [], failures: [] };
  } catch (error) {
    const failure = failureOf('the history of promotions', error);
    return { promotions: [], notes: [`Days without an answer are not counted: ${failure.message}`], failures: isDamage(error) ? [] : [failure] };
  }
}

/** The line is about an answer that took the place of another, and was itself put aside; or that was taken for a replacement and is the first. */
function isPutAside({ prediction_sha256, replaced }: OutcomeLine, { superseded, predictions }: PredictionFiles): boolean {
  return replaced === true && superseded.has(prediction_sha256.slice(0, 12)) && !predictions.some(({ sha256, isReplacement }) => sha256 === prediction_sha256 && isReplacement);
}

function exitCodeFor(failures: readonly ScoreFailure[], markets: number): ScoreReport['exitCode'] {
  if (failures.length === 0) return 0;
  return failures.length >= markets && failures.every(({ code }) => code === 'TEMPORARY') ? 75 : 3;
}

const orderOf = ({ asof_date, symbol, interval, candidate }: OutcomeLine): string => `${asof_date} ${symbol} ${interval} ${candidate}`;
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
