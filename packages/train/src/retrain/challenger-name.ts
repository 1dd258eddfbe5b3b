// The name of a challenger is a function of what goes into it, so that a run that was killed finds what it had published.
import { type BundleMeta, deployName, isForecastLabError, nextOpenTime, parseInterval, sha256Hex } from '@forecastlab/core';
import { type ModelRegistry, nativeFingerprint } from '@forecastlab/core/node';
import type { RecipeBars } from './gate/recipe-rows.js';
import { type Recipe, recipeOf } from './recipe.js';

/** What goes into a bundle. */
export interface ChallengerInputs {
  readonly recipe: Recipe;
  readonly bars: RecipeBars;
  /** Version of ForecastLab. */
  readonly version: string;
}

/**
 * The default name of a bundle, with the day on which its newest bar has closed; where that is taken by another bundle, with eight
 * digits that stand for the inputs behind it.
 * @returns the name, and whether a bundle of these very inputs is published under it
 */
export async function challengerName(registry: ModelRegistry, inputs: ChallengerInputs): Promise<{ readonly name: string; readonly isPublished: boolean }> {
  const key = keyOf(inputs);
  const plain = plainName(inputs) ?? `challenger_${closingDay(inputs)}`;
  for (const name of [plain, `${plain.slice(0, 119)}_${key}`]) {
    const there = await metaOf(registry, name);
    if (there === undefined) return { name, isPublished: false };
    if (there !== 'damaged' && keyOfMeta(there) === key) return { name, isPublished: true };
  }
  return { name: `${plain.slice(0, 119)}_${key}`, isPublished: false };
}

function plainName(inputs: ChallengerInputs): string | undefined {
  const { featureSet, candidates, symbols, labelOptions } = inputs.recipe;
  try {
    return deployName({ featureSet: labelOptions.window === 'trailing' ? `${featureSet}-flawed` : featureSet, markets: symbols.length, candidates, date: closingDay(inputs) });
  } catch (error) {
    // very many candidates make no name
    if (isForecastLabError(error) && error.code === 'BAD_OPTION') return undefined;
    throw error;
  }
}

function closingDay({ recipe, bars }: ChallengerInputs): string {
  const newestMs = Math.max(...bars.markets.map(({ klines }) => klines.openTimeMs[klines.openTimeMs.length - 1]));
  return new Date(nextOpenTime(parseInterval(recipe.interval), newestMs)).toISOString().slice(0, 10);
}

function keyOf({ recipe, bars: { markets, leader }, version }: ChallengerInputs): string {
  return digest({ recipe, data: markets.map(({ symbol, klines }) => [symbol, nativeFingerprint(klines)]), leader: recipe.leader === null || leader === undefined ? null : nativeFingerprint(leader.klines), version });
}

function keyOfMeta(meta: BundleMeta): string | undefined {
  try {
    const data = meta.symbols ?? [{ ...meta.data, symbol: meta.symbol }];
    return digest({ recipe: recipeOf(meta), data: data.map(({ symbol, fingerprint }) => [symbol, fingerprint]), leader: meta.leader?.fingerprint ?? null, version: meta.versions.forecastlab });
  } catch (error) {
    if (isForecastLabError(error)) return undefined;
    throw error;
  }
}

/** The preset is for the record only, and some bundles do not keep it. */
function digest(inputs: { readonly recipe: Recipe; readonly data: unknown; readonly leader: string | null; readonly version: string }): string {
  const { preset: _, ...recipe } = inputs.recipe;
  return sha256Hex(new TextEncoder().encode(JSON.stringify(sorted({ ...inputs, recipe })))).slice(0, 8);
}

/** The same value with the keys of its objects in alphabetical order. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, own]) => [key, sorted(own)]));
}

async function metaOf(registry: ModelRegistry, name: string): Promise<BundleMeta | 'damaged' | undefined> {
  try {
    return (await registry.show(name)).meta;
  } catch (error) {
    if (isForecastLabError(error) && error.code === 'BAD_OPTION') return undefined;
    if (isForecastLabError(error) && error.code === 'CORRUPT') return 'damaged';
    throw error;
  }
}
