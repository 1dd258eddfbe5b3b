// From bars to the files of a bundle: labels, features, evaluation, models. Writes nothing; the same bars, options, seed
// and time give the same bytes.
import {
  adjustTogether,
  buildTrainingTable,
  type BundleCandidateInput,
  type BundleDataInput,
  type BundleFiles,
  type BundleMeta,
  type Candidate,
  type Consistency,
  checkDeployName,
  createBundle,
  deployName,
  FEATURE_SETS,
  featureSetVersion,
  type FeatureSetName,
  ForecastLabError,
  isFlawed,
  isMarketSymbol,
  klineCount,
  type Klines,
  needsLeader,
  optionError,
  type SymbolWeighting,
} from '@forecastlab/core';
import { nativeFingerprint } from '@forecastlab/core/node';
import { type CandidateTraining, trainCandidate } from './train-candidate.js';
import { trainPooled } from './train-pooled.js';

/** Bars and where they come from. */
export interface BundleMarket {
  /** Closed bars, oldest first. */
  readonly klines: Klines;
  readonly symbol: string;
  /** Such as `1d`. */
  readonly interval: string;
  /** `file`, `sample`, `rest`, …: where the bars come from. */
  readonly source: string;
  readonly isSynthetic: boolean;
  /** Name of the file, without folders; null when the bars come from elsewhere. */
  readonly file: string | null;
}

/** A request for a bundle. */
export interface TrainBundleRequest extends CandidateTraining {
  /** The market; of several the first. */
  readonly market: BundleMarket;
  /** All markets, `market` first, of one interval: one model for all of them. Default: `market` alone. */
  readonly markets?: readonly BundleMarket[];
  /** At least one. */
  readonly candidates: readonly Candidate[];
  readonly featureSet: FeatureSetName;
  /** The leading market; it does not lead itself. Default: none, and the features of a leader are missing. */
  readonly leader?: { readonly symbol: string; readonly klines: Klines } | undefined;
  /** What a market of several counts by in training. Default: 'rows', each row alike. */
  readonly symbolWeighting?: SymbolWeighting | undefined;
  /** Whether the answers of a day are made to agree. Default: none. */
  readonly consistency?: Consistency;
  /** Default: feature set, candidates and the date of creation, as in `flow_T21X8_T14X8_20250131`. */
  readonly name?: string;
  /** Accept trailing labels, which are known at the bar they belong to. Default: false. */
  readonly allowFlawedLabels?: boolean;
  /** UTC milliseconds. */
  readonly createdAtMs: number;
  /** Commit of the code, or null. */
  readonly gitCommit: string | null;
  readonly versions: BundleMeta['versions'];
}

/** A bundle that is not published yet. */
export interface TrainedBundle {
  readonly name: string;
  readonly files: BundleFiles;
}

/**
 * Trains, evaluates and freezes one model per candidate, on one market or on several together.
 * @throws BAD_OPTION for flawed labels without permission or a bad name, BAD_DATA for too few bars, INTERRUPTED on `signal`
 */
export async function trainBundle(request: TrainBundleRequest): Promise<TrainedBundle> {
  const { market, featureSet } = request;
  refuseFlawedLabels(request);
  const name = bundleName(request);
  const markets = marketsOf(request);
  const isLed = request.leader !== undefined && needsLeader(featureSet) && markets.some(({ symbol }) => symbol !== request.leader?.symbol);
  const files = createBundle({
    deployName: name,
    createdAtMs: request.createdAtMs,
    gitCommit: request.gitCommit,
    symbol: market.symbol,
    interval: market.interval,
    data: dataOf(market),
    ...(markets.length === 1 ? {} : { symbols: markets.map((own) => ({ symbol: own.symbol, ...dataOf(own) })) }),
    ...(isLed && request.leader !== undefined ? { leader: { symbol: request.leader.symbol, fingerprint: nativeFingerprint(request.leader.klines) } } : {}),
    featureSet,
    featureSetVersion: featureSetVersion(featureSet),
    featureNames: FEATURE_SETS[featureSet].map((definition) => definition.name),
    candidates: markets.length === 1 ? await trainAlone(request) : await trainPooled({ ...request, markets }),
    ...(request.consistency === undefined ? {} : { consistency: request.consistency }),
    window: request.window,
    versions: request.versions,
    seed: request.seed,
  });
  return { name, files };
}

/** The markets of a request, each once and of one interval. Throws BAD_OPTION. */
export function marketsOf({ market, markets = [market] }: Pick<TrainBundleRequest, 'market' | 'markets'>): readonly BundleMarket[] {
  const symbols = markets.map(({ symbol }) => symbol);
  const twice = symbols.find((symbol, i) => symbols.indexOf(symbol) !== i);
  if (twice !== undefined) throw new ForecastLabError('BAD_OPTION', `The market ${twice} is named twice.`, { hint: 'Give each market once; with --data, --symbols names the files in their order.', details: { symbol: twice } });
  const other = markets.find(({ interval }) => interval !== market.interval);
  if (other !== undefined) throw new ForecastLabError('BAD_OPTION', `All markets must have bars of one length. ${market.symbol} has ${market.interval}, ${other.symbol} ${other.interval}.`, { hint: 'Make a bundle for each interval.', details: { symbol: other.symbol } });
  const odd = markets.length === 1 ? undefined : symbols.find((symbol) => !isMarketSymbol(symbol));
  if (odd !== undefined) throw optionError('bundle', 'symbols', 'capital letters and digits, such as BTCUSDT', odd);
  return markets;
}

function dataOf({ klines, source, isSynthetic, file }: BundleMarket): BundleDataInput {
  const rows = klineCount(klines);
  return { source, synthetic: isSynthetic, fingerprint: nativeFingerprint(klines), rows, firstOpenTimeMs: klines.openTimeMs[0], lastOpenTimeMs: klines.openTimeMs[rows - 1], file };
}

async function trainAlone(request: TrainBundleRequest): Promise<readonly BundleCandidateInput[]> {
  const { market, candidates, featureSet, labelOptions = {}, leader } = request;
  const table = buildTrainingTable(market.klines, { features: featureSet, candidates, leader: leader?.symbol === market.symbol ? undefined : leader?.klines, labelOptions });
  const trained: BundleCandidateInput[] = [];
  for (const candidate of candidates) {
    request.signal?.throwIfAborted();
    trained.push(await trainCandidate(table, candidate, request));
  }
  return judgeTogether(trained, request.otherTrials ?? 0);
}

/** The verdicts allow for each other. */
function judgeTogether(trained: readonly BundleCandidateInput[], otherTrials: number): readonly BundleCandidateInput[] {
  const evaluated = trained.flatMap(({ walkForward }) => (walkForward === null || 'summary' in walkForward ? [] : [walkForward]));
  const judged = new Map(adjustTogether(evaluated, { otherTrials }).map((evaluation) => [evaluation.candidate, evaluation]));
  return trained.map((input) => ({ ...input, walkForward: judged.get(input.candidate.name) ?? input.walkForward }));
}

/**
 * The name that a bundle gets: the given one, or feature set, number of markets if several, candidates and date of creation.
 * @throws BAD_OPTION for a name that is none
 */
export function bundleName({ name, featureSet, candidates, createdAtMs, labelOptions = {}, market, markets = [market] }: Pick<TrainBundleRequest, 'name' | 'featureSet' | 'candidates' | 'createdAtMs' | 'labelOptions' | 'market' | 'markets'>): string {
  if (name !== undefined) {
    checkDeployName(name);
    return name;
  }
  return deployName({
    featureSet: isFlawed(labelOptions) ? `${featureSet}-flawed` : featureSet,
    markets: markets.length,
    candidates: candidates.map((candidate) => candidate.name),
    date: new Date(createdAtMs).toISOString().slice(0, 10),
  });
}

function refuseFlawedLabels({ labelOptions = {}, allowFlawedLabels = false }: TrainBundleRequest): void {
  if (!isFlawed(labelOptions) || allowFlawedLabels) return;
  throw new ForecastLabError('BAD_OPTION', 'Trailing labels are known, but for one bar, at the bar they belong to: a bundle trained on them forecasts nothing.', {
    hint: 'Leave --label-window away. To repeat published tables all the same, add --allow-flawed-labels; the bundle is then marked as flawed.',
    details: { option: 'labelWindow', got: labelOptions.window },
  });
}
