// What evidence is asked: the markets, the candidates, the model, when tests begin, and where the run goes.
import type { CalibrationMethod, Candidate, FeatureSetName, ModelKind, SampleWeighting, SymbolWeighting } from '@forecastlab/core';
import type { ArtifactStore, Leader, Progress } from '@forecastlab/core/node';
import type { CodeVersion } from '../code-version.js';
import type { SearchMarket } from '../search/search-request.js';

/** A market with a name. */
export type NamedMarket = SearchMarket & { readonly symbol: string };

/** How a model is trained. */
export interface EvidenceModel {
  /** The preset that the rest comes from, as far as nothing was given by hand; null for none. */
  readonly preset: string | null;
  readonly modelKind: ModelKind;
  /** Hyper-parameters. Default: the kind's own. */
  readonly params?: Readonly<Record<string, unknown>> | undefined;
  readonly calibration: CalibrationMethod;
  readonly sampleWeighting: SampleWeighting;
  /** Default: 'rows'. */
  readonly symbolWeighting?: SymbolWeighting | undefined;
}

/** When tests begin and how often the model is fitted anew; counted in times at which any market has a labelled row. */
export interface EvidenceFolds {
  /** UTC ms. Default: `initTrain`. */
  readonly firstTestMs?: number | undefined;
  /** Times before the first test. Default: half of all. */
  readonly initTrain?: number | undefined;
  readonly refitEvery: number;
  /** Train on the last so many times. Default: all. */
  readonly window?: number | undefined;
}

export interface EvidenceRequest {
  /** At least one, each once, all of one bar length. With several the model is trained on all of them together. */
  readonly markets: readonly NamedMarket[];
  /** Bars of a leading market, for features that need one; the market of that symbol itself has none. */
  readonly leader?: Pick<Leader, 'symbol' | 'file' | 'klines'> | undefined;
  /** At least one, each once. */
  readonly candidates: readonly Candidate[];
  readonly featureSet: FeatureSetName;
  readonly model: EvidenceModel;
  /** Also train on each market alone, with this model, and test it on the same times. Default: not. */
  readonly alone?: EvidenceModel | undefined;
  readonly folds: EvidenceFolds;
  /** Bars kept free beyond the purge. Default: 0. */
  readonly embargo?: number;
  /** Integer from 0 to 2^32-1. */
  readonly seed: number;
  /** Study what signals would have been worth. Default: true. */
  readonly hasSignals?: boolean;
  /** Name of the run: its folder under outputs/evidence/. */
  readonly run: string;
  /** Go on with a run of that name that was interrupted. Default: false. */
  readonly isResumed?: boolean;
  /** Default: 1, in this thread. The results do not depend on it. */
  readonly threads?: number;
  readonly store: ArtifactStore;
  readonly code: CodeVersion;
  readonly progress?: Progress;
  readonly signal?: AbortSignal;
  /** A line for people. */
  readonly log?: (text: string) => void;
}
