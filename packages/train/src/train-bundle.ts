// From bars to the files of a bundle: labels, features, evaluation, models. Writes nothing; the same bars, options, seed
// and time give the same bytes.
import {
  adjustTogether,
  buildTrainingTable,
  type BundleCandidateInput,
  type BundleFiles,
  type BundleMeta,
  type Candidate,
  checkDeployName,
  createBundle,
  deployName,
  FEATURE_SETS,
  featureSetVersion,
  type FeatureSetName,
  ForecastLabError,
  isFlawed,
  klineCount,
  type Klines,
} from '@forecastlab/core';
import { nativeFingerprint } from '@forecastlab/core/node';
import { type CandidateTraining, trainCandidate } from './train-candidate.js';

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
  readonly market: BundleMarket;
  /** At least one. */
  readonly candidates: readonly Candidate[];
  readonly featureSet: FeatureSetName;
  /** Bars of the leading market. Default: none, and the features of a leader are missing. */
  readonly leader?: Klines | undefined;
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
 * Trains, evaluates and freezes one model per candidate.
 * @throws BAD_OPTION for flawed labels without permission or a bad name, BAD_DATA for too few bars, INTERRUPTED on `signal`
 */
export async function trainBundle(request: TrainBundleRequest): Promise<TrainedBundle> {
  const { market, candidates, featureSet, labelOptions = {} } = request;
  refuseFlawedLabels(request);
  const name = bundleName(request);
  const table = buildTrainingTable(market.klines, { features: featureSet, candidates, leader: request.leader, labelOptions });
  const trained: BundleCandidateInput[] = [];
  for (const candidate of candidates) {
    request.signal?.throwIfAborted();
    trained.push(await trainCandidate(table, candidate, request));
  }
  const openTimes = market.klines.openTimeMs;
  const files = createBundle({
    deployName: name,
    createdAtMs: request.createdAtMs,
    gitCommit: request.gitCommit,
    symbol: market.symbol,
    interval: market.interval,
    data: {
      source: market.source,
      synthetic: market.isSynthetic,
      fingerprint: nativeFingerprint(market.klines),
      rows: klineCount(market.klines),
      firstOpenTimeMs: openTimes[0],
      lastOpenTimeMs: openTimes[openTimes.length - 1],
      file: market.file,
    },
    featureSet,
    featureSetVersion: featureSetVersion(featureSet),
    featureNames: FEATURE_SETS[featureSet].map((definition) => definition.name),
    candidates: judgeTogether(trained, request.otherTrials ?? 0),
    versions: request.versions,
    seed: request.seed,
  });
  return { name, files };
}

/** The verdicts allow for each other. */
function judgeTogether(trained: readonly BundleCandidateInput[], otherTrials: number): readonly BundleCandidateInput[] {
  const evaluated = trained.flatMap(({ walkForward }) => (walkForward === null ? [] : [walkForward]));
  const judged = new Map(adjustTogether(evaluated, { otherTrials }).map((evaluation) => [evaluation.candidate, evaluation]));
  return trained.map((input) => ({ ...input, walkForward: judged.get(input.candidate.name) ?? null }));
}

/**
 * The name that a bundle gets: the given one, or feature set, candidates and date of creation.
 * @throws BAD_OPTION for a name that is none
 */
export function bundleName({ name, featureSet, candidates, createdAtMs, labelOptions = {} }: Pick<TrainBundleRequest, 'name' | 'featureSet' | 'candidates' | 'createdAtMs' | 'labelOptions'>): string {
  if (name !== undefined) {
    checkDeployName(name);
    return name;
  }
  return deployName({
    featureSet: isFlawed(labelOptions) ? `${featureSet}-flawed` : featureSet,
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
