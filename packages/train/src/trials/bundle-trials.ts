// What a bundle tried: its candidates, fitted and judged with its settings. Whoever asks for the importance of features tries the same.
import { isFlawed } from '@forecastlab/core';
import type { ArtifactStore, ModelRegistry } from '@forecastlab/core/node';
import type { TrainBundleRequest } from '../train-bundle.js';
import { countOtherTrials } from './count-trials.js';
import type { TrialsMade } from './record-trials.js';
import { tradedName, type TrialKind, trialDigest } from './trial.js';

/** What decides the forecasts of a bundle, and where its bars begin. */
export type BundleTried = Pick<TrainBundleRequest, 'candidates' | 'featureSet' | 'modelKind' | 'params' | 'classWeights' | 'calibration' | 'sampleWeighting' | 'symbolWeighting' | 'window' | 'labelOptions' | 'seed'> & {
  /** At least one. */
  readonly markets: readonly { readonly symbol: string | null; readonly file: string | null; readonly interval: string; readonly klines: TrainBundleRequest['market']['klines'] }[];
  readonly leader?: { readonly symbol: string | null; readonly file?: string } | undefined;
};

/** The trials of a run of this kind; undefined for trailing labels: they ask another question. The same settings are the same trials, whatever the kind. */
export function bundleTrials(run: string, tried: BundleTried, kind: Extract<TrialKind, 'bundle' | 'importance'> = 'bundle'): TrialsMade | undefined {
  const { markets, leader, candidates, featureSet, modelKind, params = {}, classWeights = 'none', calibration = 'none', sampleWeighting = 'none', symbolWeighting = 'rows', window = null, labelOptions = {}, seed } = tried;
  if (isFlawed(labelOptions)) return undefined;
  const firstOpenMs = Math.min(...markets.map(({ klines }) => klines.openTimeMs[0]));
  const model = typeof modelKind === 'string' ? modelKind : modelKind.kind;
  const symbols = markets.map(({ symbol, file }) => tradedName({ symbol, file: file ?? '' }));
  const ofSeveral = markets.length === 1 ? {} : { symbols, ...(symbolWeighting === 'rows' ? {} : { symbolWeighting }) };
  return {
    kind,
    run,
    symbols,
    interval: markets[0].interval,
    candidates: candidates.map(({ name }) => name),
    digest: trialDigest({ kind: 'bundle', firstOpenMs, featureSet, model, params, classWeights, calibration, sampleWeighting, window, labelOptions: { ...labelOptions }, seed, ...ofSeveral, ...(leader === undefined ? {} : { leader: leader.symbol ?? leader.file ?? null }) }),
    firstOpenMs,
  };
}

/** How many distinct trials, of every kind, a verdict on these markets must allow for besides its own. */
export async function countBesides(store: ArtifactStore, tried: BundleTried, log?: (text: string) => void): Promise<number> {
  const { markets, candidates } = tried;
  const own = bundleTrials('', tried);
  const except = own === undefined ? [] : candidates.map(({ name }) => ({ candidate: name, digest: own.digest }));
  const symbols = markets.map(({ symbol, file }) => tradedName({ symbol, file: file ?? '' }));
  return (await countOtherTrials(store, { symbols, interval: markets[0].interval, except, log })).total;
}

/** What the published bundle of that name allowed for: made again, it keeps the count that it began with. Undefined when there is none, or nothing was judged. */
export async function keptTrials(registry: ModelRegistry, name: string): Promise<number | undefined> {
  if (!(await registry.list()).some((bundle) => bundle.name === name)) return undefined;
  const { meta } = await registry.show(name);
  const judged = meta.candidates.flatMap(({ walkForward }) => walkForward?.superiority ?? []);
  return judged.length === 0 ? undefined : Math.max(0, judged[0].trials - judged.length);
}
