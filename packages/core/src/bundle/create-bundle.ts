// Freezes trained models into the files of a bundle. The same input gives the same bytes.
import { ForecastLabError, optionError } from '../errors.js';
import { createAnswerReference } from '../drift/answer-reference.js';
import { FEATURES } from '../features/feature-registry.js';
import type { FeatureMatrix } from '../features/feature-table.js';
import { parseInterval } from '../klines/interval.js';
import type { Candidate } from '../labels/candidate.js';
import { type LabelOptions, resolveLabelOptions } from '../labels/label-options.js';
import type { Classifier } from '../models/classifier.js';
import type { WalkForwardEvaluation, WalkForwardPredictions } from '../validation/walk-forward/walk-forward-evaluation.js';
import { BUNDLE_SCHEMA_VERSION, type BundleCandidate, type BundleData, type BundleMeta, type BundleSymbolRows, type BundleWalkForward, type Consistency, type ParityRow } from './bundle-meta.js';
import { candidateVerdict } from './candidate-verdict.js';
import { distributionOf, driftReference } from './drift-reference.js';
import { META_FILE, MODEL_CARD_FILE, modelFileName, walkForwardFileName } from './file-names.js';
import { type CardMeta, formatModelCard } from './model-card.js';
import { formatJson } from './format-json.js';
import { loadBundle } from './load-bundle.js';
import { chooseParityInputs, createParityRows } from './parity.js';
import { sha256Hex } from '../bytes/sha256.js';
import { encodeUtf8 } from '../bytes/utf8.js';
import { formatWalkForwardCsv } from './walk-forward-csv.js';

/** The files of a bundle by name, meta.json last. */
export type BundleFiles = ReadonlyMap<string, Uint8Array>;

/** A trained model with what it was trained on. */
export interface BundleCandidateInput {
  readonly candidate: Candidate;
  /** Default: the honest ones. */
  readonly labelOptions?: LabelOptions;
  readonly model: Classifier;
  /** Hyper-parameters as used; JSON-safe. */
  readonly params: Readonly<Record<string, unknown>>;
  /** The training rows: [rows] each, as `trainingRows` gives them. */
  /** Of several markets also which row is of which: poolRows gives that. */
  readonly training: { readonly features: FeatureMatrix; readonly labels: Int8Array; readonly openTimeMs: Float64Array; readonly symbols?: readonly string[]; readonly symbolIndex?: Int32Array };
  /** Null when there were too few rows for one. */
  readonly walkForward: WalkForwardEvaluation | BundleEvaluation | null;
}

/** An evaluation as the bundle keeps it, where it is not one of folds of one market. */
export interface BundleEvaluation {
  readonly summary: Omit<BundleWalkForward, 'file'>;
  readonly predictions: WalkForwardPredictions;
}

/** Data of one market, its times in UTC milliseconds. */
export type BundleDataInput = Omit<BundleData, 'firstOpenTime' | 'lastOpenTime'> & { readonly firstOpenTimeMs: number; readonly lastOpenTimeMs: number };

export interface BundleInput {
  /** See `deployName`. */
  readonly deployName: string;
  /** UTC milliseconds. */
  readonly createdAtMs: number;
  /** Commit of the code, or null. */
  readonly gitCommit: string | null;
  readonly symbol: string;
  readonly interval: string;
  /** As in meta.json, but times in UTC milliseconds. */
  readonly data: BundleDataInput;
  /** All markets of a bundle of several, the one of `symbol` and `data` first. Default: it is of one. */
  readonly symbols?: readonly (BundleDataInput & { readonly symbol: string })[];
  /** The leading market that features were computed with. Default: none. */
  readonly leader?: BundleMeta['leader'];
  /** Open time of the newest bar that training has seen, through a label too; UTC ms. Default: the last bar of the data. */
  readonly cutOffMs?: number;
  /** Trained on the last so many labelled rows (of several markets: times). Default: on all. */
  readonly window?: number | undefined;
  readonly featureSet: string;
  readonly featureSetVersion: string;
  /** In the order in which every model takes them. */
  readonly featureNames: readonly string[];
  /** At least one; names unique. */
  readonly candidates: readonly BundleCandidateInput[];
  /** Whether predictions of the candidates are made to agree; see BundleMeta. Default: none. */
  readonly consistency?: Consistency;
  readonly versions: BundleMeta['versions'];
  /** Integer from 0 to 2^32-1. */
  readonly seed: number;
}

/**
 * The files of a bundle, checked by loading them.
 * Throws BAD_OPTION when the models' features or the candidates disagree, FAILED when a model does not survive being stored.
 */
export function createBundle(input: BundleInput): BundleFiles {
  checkInput(input);
  const { candidates, featureNames } = input;
  const intervalMs = parseInterval(input.interval).ms;
  const models = candidates.map(({ model }) => model);
  const files = new Map<string, Uint8Array>();
  for (const { candidate, model, walkForward } of candidates) {
    files.set(modelFileName(candidate.name), formatJson(model.serialize(), { isReadable: false }));
    if (walkForward !== null) files.set(walkForwardFileName(candidate.name), formatWalkForwardCsv(walkForward.predictions));
  }
  // The longest training table stands for all: candidates differ by a few rows at the end.
  const reference = candidates.reduce((a, b) => (b.training.features.length > a.training.features.length ? b : a)).training;
  const features = columnsOf(reference.features, featureNames);
  const firsts = candidates.map(({ training }) => training.openTimeMs[0]);
  const lasts = candidates.map(({ training }) => training.openTimeMs[training.openTimeMs.length - 1]);
  const described: CardMeta = {
    schemaVersion: BUNDLE_SCHEMA_VERSION,
    deployName: input.deployName,
    gitCommit: input.gitCommit,
    symbol: input.symbol,
    interval: input.interval,
    data: describeData(input.data),
    ...(input.symbols === undefined ? {} : { symbols: input.symbols.map(({ symbol, ...data }) => ({ symbol, ...describeData(data) })) }),
    ...(input.leader === undefined ? {} : { leader: input.leader }),
    training: { firstOpenTime: isoTime(Math.min(...firsts)), lastOpenTime: isoTime(Math.max(...lasts)), cutOff: isoTime(input.cutOffMs ?? Math.max(...[input.data, ...(input.symbols ?? [])].map(({ lastOpenTimeMs }) => lastOpenTimeMs))), ...(input.window === undefined ? {} : { window: input.window }) },
    featureSet: input.featureSet,
    featureSetVersion: input.featureSetVersion,
    featureNames,
    candidates: candidates.map((candidate) => describeCandidate(candidate, { intervalMs, seed: input.seed })),
    ...(input.consistency === undefined || input.consistency === 'none' ? {} : { consistency: input.consistency }),
    versions: input.versions,
    seed: input.seed,
  };
  files.set(MODEL_CARD_FILE, encodeUtf8(formatModelCard(described)));
  const { schemaVersion, deployName, versions, seed, ...head } = described;
  const meta: BundleMeta = {
    schemaVersion,
    deployName,
    createdAt: isoTime(input.createdAtMs),
    ...head,
    driftReference: {
      rows: features.length,
      features: driftReference(features),
      distribution: distributionOf(features, { openTimeMs: reference.openTimeMs, symbolIndex: reference.symbolIndex, intervalMs, seed }),
    },
    parity: [...createParityRows(featureNames, chooseParityInputs(features), models), ...parityOfSymbols(featureNames, reference, models)],
    versions,
    seed,
    files: Object.fromEntries([...files].map(([name, bytes]) => [name, { sha256: sha256Hex(bytes), bytes: bytes.length }])),
  };
  files.set(META_FILE, formatJson(meta, { isReadable: true }));
  try {
    loadBundle(files);
  } catch (cause) {
    throw new ForecastLabError('FAILED', `The bundle ${input.deployName} could not be read back: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
  }
  return files;
}

function checkInput({ candidates, featureNames }: BundleInput): void {
  const names = candidates.map(({ candidate }) => candidate.name);
  if (names.length === 0 || new Set(names).size < names.length) throw optionError('createBundle', 'candidates', 'at least one, each once', names.join(', '));
  for (const { candidate, model, training } of candidates) {
    if (model.featureNames.join('\n') !== featureNames.join('\n') || featureNames.some((name) => !training.features.names.includes(name))) {
      throw optionError('createBundle', 'featureNames', `the features of the model of ${candidate.name}, in its order`, featureNames.join(', '));
    }
    const rows = training.features.length;
    if (rows === 0 || training.labels.length !== rows || training.openTimeMs.length !== rows) {
      throw optionError('createBundle', 'training', `at least one row with a label and an open time each (${candidate.name})`, `${rows} rows, ${training.labels.length} labels, ${training.openTimeMs.length} open times`);
    }
  }
}

/** The features of these names, in this order. */
function columnsOf({ names, columns, length }: FeatureMatrix, wanted: readonly string[]): FeatureMatrix {
  return { names: wanted, length, columns: wanted.map((name) => columns[names.indexOf(name)]) };
}

function describeData({ firstOpenTimeMs, lastOpenTimeMs, ...data }: BundleDataInput): BundleData {
  return { ...data, firstOpenTime: isoTime(firstOpenTimeMs), lastOpenTime: isoTime(lastOpenTimeMs) };
}

/** One row of each market, its newest, asked as that market. */
function parityOfSymbols(featureNames: readonly string[], { features, symbols, symbolIndex }: BundleCandidateInput['training'], models: readonly Classifier[]): ParityRow[] {
  if (symbols === undefined || symbolIndex === undefined) return [];
  const { columns } = columnsOf(features, featureNames);
  return symbols.flatMap((symbol, index) => {
    const row = symbolIndex.lastIndexOf(index);
    return row < 0 ? [] : createParityRows(featureNames, [columns.map((column) => (Number.isNaN(column[row]) ? null : column[row] + 0))], models, symbol);
  });
}

/** What the training rows of each market are. */
function describeSymbols({ labels, openTimeMs, symbols, symbolIndex }: BundleCandidateInput['training']): readonly BundleSymbolRows[] | undefined {
  if (symbols === undefined || symbolIndex === undefined) return undefined;
  return symbols.flatMap((symbol, index) => {
    const first = symbolIndex.indexOf(index);
    if (first < 0) return [];
    const own = labels.filter((_, row) => symbolIndex[row] === index);
    return [{ symbol, rows: own.length, classCounts: countClasses(own), firstOpenTime: isoTime(openTimeMs[first]), lastOpenTime: isoTime(openTimeMs[symbolIndex.lastIndexOf(index)]) }];
  });
}

function countClasses(labels: Int8Array): [number, number, number] {
  const counts: [number, number, number] = [0, 0, 0];
  for (const label of labels) counts[label + 1] += 1;
  return counts;
}

function describeCandidate({ candidate, labelOptions, model, params, training, walkForward }: BundleCandidateInput, options: { readonly intervalMs: number; readonly seed: number }): BundleCandidate {
  const resolved = resolveLabelOptions(labelOptions);
  const evaluation = walkForward === null ? null : 'summary' in walkForward ? { ...walkForward.summary, file: walkForwardFileName(candidate.name) } : describeEvaluation(walkForward);
  const symbols = describeSymbols(training);
  const answers = walkForward === null ? undefined : createAnswerReference(walkForward.predictions, options);
  const bound = training.features.names.filter((name) => FEATURES.get(name)?.needs === 'candidate');
  return {
    name: candidate.name,
    T: candidate.T,
    ...(candidate.V === undefined ? { X: candidate.X } : { V: candidate.V }),
    labelOptions: resolved,
    file: modelFileName(candidate.name),
    modelKind: model.kind,
    params,
    rows: training.labels.length,
    classCounts: countClasses(training.labels),
    firstOpenTime: isoTime(training.openTimeMs[0]),
    lastOpenTime: isoTime(training.openTimeMs[training.openTimeMs.length - 1]),
    ...(symbols === undefined ? {} : { symbols }),
    ...(bound.length === 0 ? {} : { boundFeatures: driftReference(columnsOf(training.features, bound)) }),
    ...(answers === undefined || answers.windows.length === 0 ? {} : { answers }),
    walkForward: evaluation === null ? null : { ...evaluation, verdict: candidateVerdict({ walkForward: evaluation, labelOptions: resolved }) },
    calibration: model.calibration ?? { method: 'none' },
  };
}

function describeEvaluation(evaluation: WalkForwardEvaluation): BundleWalkForward {
  const { folds, isPurged, pooled, skill, brierSkill, verdict, candidate } = evaluation;
  const { name: _, ...superiority } = evaluation.superiority;
  return {
    isPurged,
    folds: folds.length,
    firstTestOpenTime: isoTime(Math.min(...folds.map((fold) => fold.testStartMs))),
    lastTestOpenTime: isoTime(Math.max(...folds.map((fold) => fold.testEndMs))),
    model: pooled.model,
    baselines: pooled.baselines,
    skill,
    brierSkill,
    superiority,
    verdict,
    file: walkForwardFileName(candidate),
  };
}

function isoTime(timeMs: number): string {
  return new Date(timeMs).toISOString();
}
