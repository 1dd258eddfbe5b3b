// A bundle's name is refused before the training and not after it.
import { type CalibrationMethod, type Candidate, type Consistency, ForecastLabError, isForecastLabError, type ModelKind } from '@forecastlab/core';
import { nativeFingerprint } from '@forecastlab/core/node';
import type { ModelRegistry } from '@forecastlab/core/node';
import type { BundleMarket } from './train-bundle.js';

/**
 * Compares what is known before training with a published bundle of that name; a bundle that may turn out to be the same passes.
 * @throws CONFLICT when the published bundle is surely a different one
 */
export async function checkNameIsFree(
  registry: ModelRegistry,
  name: string,
  planned: { readonly market: BundleMarket; readonly markets?: readonly BundleMarket[]; readonly candidates: readonly Candidate[]; readonly modelKind: ModelKind; readonly featureSet: string; readonly calibration?: CalibrationMethod; readonly consistency?: Consistency; readonly seed: number },
): Promise<void> {
  let published: Awaited<ReturnType<ModelRegistry['show']>>;
  try {
    published = await registry.show(name);
  } catch (error) {
    if (isForecastLabError(error) && error.code === 'BAD_OPTION') return;
    throw error;
  }
  const { meta } = published;
  const { market, candidates, markets = [market] } = planned;
  const there = meta.symbols ?? [{ ...meta.data, symbol: meta.symbol }];
  const differing = [
    ...(there.map(({ symbol }) => symbol).join() === markets.map(({ symbol }) => symbol).join() && meta.interval === market.interval ? [] : [`it is of ${there.map(({ symbol }) => symbol).join(', ')} ${meta.interval}`]),
    ...there.flatMap(({ symbol, fingerprint, lastOpenTime }) => {
      const own = markets.find((other) => other.symbol === symbol);
      return own === undefined || fingerprint === nativeFingerprint(own.klines) ? [] : [`its bars${there.length === 1 ? '' : ` of ${symbol}`} end at ${lastOpenTime} or have other values`];
    }),
    ...(meta.featureSet === planned.featureSet ? [] : [`its features are ${meta.featureSet}`]),
    ...(meta.candidates.map((candidate) => candidate.name).join() === candidates.map((candidate) => candidate.name).join() ? [] : ['its candidates are others']),
    ...(meta.candidates.every((candidate) => candidate.modelKind === planned.modelKind) ? [] : [`its models are ${meta.candidates[0]?.modelKind ?? 'others'}`]),
    ...(meta.candidates.every((candidate) => candidate.calibration.method === (planned.calibration ?? 'none')) ? [] : [`its calibration is ${meta.candidates[0]?.calibration.method ?? 'another'}`]),
    ...((meta.consistency ?? 'none') === (planned.consistency ?? 'none') ? [] : [`its answers are ${meta.consistency === 'monotone' ? '' : 'not '}made to agree`]),
    ...(meta.seed === planned.seed ? [] : [`its seed is ${meta.seed}`]),
  ];
  if (differing.length === 0) return;
  throw new ForecastLabError('CONFLICT', `A different bundle named ${name} is published already: ${differing[0]}. It was left as it is, and nothing was trained.`, {
    hint: `Give the new bundle another name, such as --name ${name}_${market.symbol}_2.`,
    details: { name, differing },
  });
}
