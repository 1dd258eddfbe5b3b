// meta.json of an evidence run: all that was asked, so that it can be repeated, resumed by the same call only, and counted as trials.
import { type Candidate, featureSetVersion, klineCount } from '@forecastlab/core';
import { type ArtifactStore, nativeFingerprint } from '@forecastlab/core/node';
import { z } from 'zod';
import { evidencePaths } from '../search/run-folder.js';
import { countOtherTrials, type TrialsCounted } from '../trials/count-trials.js';
import type { TrialsMade } from '../trials/record-trials.js';
import { tradedName, trialDigest } from '../trials/trial.js';
import type { EvidenceMarket } from './evidence-report.js';
import type { EvidenceModel, EvidenceRequest } from './evidence-request.js';

export const EVIDENCE_RUN_SCHEMA = 'forecastlab.evidence-run/1';

/** Everything that decides the numbers, with all defaults told. */
export interface EvidenceSettings {
  readonly features: string;
  readonly model: EvidenceModelMeta;
  /** Null when no market was trained on alone. */
  readonly alone: EvidenceModelMeta | null;
  /** Null when the first test follows from `initTrain`. */
  readonly firstTestMs: number | null;
  readonly initTrain: number | null;
  readonly refitEvery: number;
  readonly window: number | null;
  readonly embargo: number;
  readonly seed: number;
  readonly hasSignals: boolean;
  /** Null without one. */
  readonly leader: { readonly symbol: string | null; readonly file: string; readonly fingerprint: string } | null;
}

export interface EvidenceModelMeta {
  readonly preset: string | null;
  readonly kind: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly calibration: string;
  readonly sampleWeights: string;
  readonly symbolWeights: string;
}

export interface EvidenceMeta {
  readonly schema: string;
  readonly run: string;
  readonly interval: string;
  readonly markets: readonly EvidenceMarket[];
  readonly options: EvidenceSettings;
  readonly featureNames: readonly string[];
  readonly featureSetVersion: string;
  readonly candidates: readonly string[];
  /** Distinct trials on any of these markets before, by run. */
  readonly earlierTrials: TrialsCounted['byRun'];
  readonly forecastlab: string;
  readonly gitCommit: string | null;
}

/** The meta of a run, with the trials made before it. A run that exists already keeps the count it began with. */
export async function evidenceMeta(request: EvidenceRequest, featureNames: readonly string[]): Promise<EvidenceMeta> {
  const { markets, candidates, featureSet, run, code } = request;
  const settings = evidenceSettings(request);
  return {
    schema: EVIDENCE_RUN_SCHEMA,
    run,
    interval: markets[0].interval,
    markets: markets.map(({ symbol, source, isSynthetic, file, klines }) => {
      const bars = klineCount(klines);
      return { symbol, source, isSynthetic, file, fingerprint: nativeFingerprint(klines), bars, firstOpenMs: klines.openTimeMs[0], lastOpenMs: klines.openTimeMs[bars - 1] };
    }),
    options: settings,
    featureNames,
    featureSetVersion: featureSetVersion(featureSet),
    candidates: candidates.map(({ name }: Candidate) => name),
    earlierTrials: await earlierTrials(request, settings),
    forecastlab: code.versions.forecastlab,
    gitCommit: code.gitCommit,
  };
}

function evidenceSettings({ featureSet, model, alone, folds, embargo = 0, seed, hasSignals = true, leader, markets }: EvidenceRequest): EvidenceSettings {
  return {
    features: featureSet,
    model: modelMeta(model),
    alone: alone === undefined || markets.length === 1 ? null : modelMeta(alone),
    firstTestMs: folds.firstTestMs ?? null,
    initTrain: folds.initTrain ?? null,
    refitEvery: folds.refitEvery,
    window: folds.window ?? null,
    embargo,
    seed,
    hasSignals,
    leader: leader === undefined ? null : { symbol: leader.symbol, file: leader.file, fingerprint: nativeFingerprint(leader.klines) },
  };
}

function modelMeta({ preset, modelKind, params = {}, calibration, sampleWeighting, symbolWeighting = 'rows' }: EvidenceModel): EvidenceModelMeta {
  return { preset, kind: modelKind, params, calibration, sampleWeights: sampleWeighting, symbolWeights: symbolWeighting };
}

/** The trials that this run makes: the model on all markets. What each market does alone is shown for comparison, and chosen by nobody. */
export function evidenceTrials({ run, markets, candidates }: EvidenceRequest, { features, model, firstTestMs, initTrain, refitEvery, window, embargo, seed, leader }: EvidenceSettings): TrialsMade {
  const symbols = markets.map(tradedName);
  const firstOpenMs = Math.min(...markets.map(({ klines }) => klines.openTimeMs[0]));
  const { preset: _, ...fitted } = model;
  const digest = trialDigest({ firstOpenMs, symbols, features, model: fitted, firstTestMs, initTrain, refitEvery, window, embargo, seed, leader: leader === null ? null : (leader.symbol ?? leader.file) });
  return { kind: 'evidence', run, symbols, interval: markets[0].interval, candidates: candidates.map(({ name }) => name), digest, firstOpenMs };
}

const ownSchema = z.object({ earlierTrials: z.array(z.object({ run: z.string(), candidates: z.number() })) });

/** Largest meta.json that is read. */
const MAX_META_BYTES = 16_000_000;

async function earlierTrials(request: EvidenceRequest, settings: EvidenceSettings): Promise<TrialsCounted['byRun']> {
  const { store, run, log } = request;
  const own = await readOwn(store, evidencePaths(run).meta);
  if (own !== undefined) return own.earlierTrials;
  const { symbols, interval, candidates, digest } = evidenceTrials(request, settings);
  return (await countOtherTrials(store, { symbols, interval, except: candidates.map((candidate) => ({ candidate, digest })), log })).byRun;
}

async function readOwn(store: ArtifactStore, path: string): Promise<z.infer<typeof ownSchema> | undefined> {
  const bytes = await store.read(path, { maxBytes: MAX_META_BYTES });
  try {
    return bytes === undefined ? undefined : ownSchema.parse(JSON.parse(new TextDecoder().decode(bytes)));
  } catch {
    return undefined;
  }
}
