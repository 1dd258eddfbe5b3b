// Whether a frozen challenger is sound, apart from its scores: trained on what it should be, and answering like a model.
import { type Bundle, buildTrainingTable, type Candidate, type Classifier, type FeatureTable, matchColumns, parseCandidates, predictRows } from '@forecastlab/core';
import type { Recipe } from './recipe.js';
import type { RecipeBars } from './gate/recipe-rows.js';

/** The newest bars whose answers are looked at. */
const NEWEST_BARS = 63;
/** A class this sure on half of the bars is no forecast of a market. */
const SURE = 0.999;
/** Mean total variation distance to the champion, 0 to 1: half of the probability lies elsewhere. Weekly retraining measures below 0.2, other kinds of model below 0.3. */
const MOST_DISTANCE = 0.5;

export interface SoundnessSide {
  readonly bundle: Bundle;
  readonly recipe: Recipe;
  readonly bars: RecipeBars;
}

export interface Soundness {
  /** What is wrong, a sentence each; empty when nothing is. */
  readonly problems: readonly string[];
  /** Mean total variation distance between the answers of the two on the newest bars, by candidate; 0 the same, 1 nothing in common. */
  readonly distances: Readonly<Record<string, number>>;
}

/** Looks at rows, reach and answers of the challenger beside the champion's. */
export function checkChallenger(challenger: SoundnessSide, champion: SoundnessSide): Soundness {
  const candidates = parseCandidates(champion.recipe.candidates.join(','));
  const unanswered = candidates.filter(({ name }) => !challenger.recipe.candidates.includes(name));
  if (unanswered.length > 0) return { problems: [`It does not answer ${unanswered.map(({ name }) => name).join(', ')}, which the champion does.`], distances: {} };
  const [own, its] = [challenger, champion].map((side) => newestAnswers(side, candidates));
  const distances = Object.fromEntries(candidates.map(({ name }, i) => [name, meanDistance(own[i], its[i])]));
  return {
    distances,
    problems: [
      ...checkReach(challenger, champion),
      ...candidates.flatMap(({ name }, i) => checkAnswers(name, own[i], its[i])),
      ...Object.entries(distances).flatMap(([name, distance]) => (distance > MOST_DISTANCE ? [`On the newest ${NEWEST_BARS} bars its answers to ${name} have nothing to do with the champion's: mean total variation distance ${distance.toFixed(2)}, at most ${MOST_DISTANCE} is believed.`] : [])),
    ],
  };
}

function checkReach({ bundle: { meta: own }, recipe }: SoundnessSide, { bundle: { meta: its }, recipe: champion }: SoundnessSide): string[] {
  const isSameRecipe = JSON.stringify(recipe) === JSON.stringify(champion);
  const [reach, before] = [Date.parse(own.training.cutOff), Date.parse(its.training.cutOff)];
  const reaches = reach > before || (reach === before && !isSameRecipe) ? [] : [`It has seen bars up to ${day(own.training.cutOff)}, the champion up to ${day(its.training.cutOff)}: that is nothing newer.`];
  // whoever asks for another window, or other features with another warm-up, asks for other rows
  if (recipe.window !== champion.window || recipe.featureSet !== champion.featureSet) return reaches;
  const fewer = its.candidates.flatMap(({ name, rows }) => own.candidates.filter((candidate) => candidate.name === name && candidate.rows < rows).map((candidate) => `It was trained on ${candidate.rows} rows for ${name}, the champion on ${rows}.`));
  return [...reaches, ...fewer];
}

/** [newest bars × 3] of all markets one after another, by candidate. */
function newestAnswers({ bundle, recipe, bars }: SoundnessSide, candidates: readonly Candidate[]): readonly Float64Array[] {
  const tables = bars.markets.map(({ symbol, klines }) => ({ symbol, table: buildTrainingTable(klines, { features: recipe.featureSet, candidates, leader: bars.leader?.symbol === symbol ? undefined : bars.leader?.klines }) }));
  return candidates.map(({ name }, i) => {
    const stored = bundle.models.get(name) as Classifier;
    return joined(tables.map(({ symbol, table }) => answersOf(stored.forSymbol?.(symbol) ?? stored, bundle.meta.featureNames, table.candidateFeatures[i])));
  });
}

function answersOf(model: Classifier, names: readonly string[], features: FeatureTable): Float64Array {
  return predictRows(model, { names, length: features.length, columns: matchColumns(features, names) }, { begin: Math.max(0, features.length - NEWEST_BARS), end: features.length });
}

function checkAnswers(name: string, own: Float64Array, its: Float64Array): string[] {
  const rows = rowsOf(own);
  if (rows.some((row) => row.some((p) => !(p >= 0 && p <= 1)) || Math.abs(row[0] + row[1] + row[2] - 1) > 1e-6)) return [`Its answers to ${name} are no probabilities.`];
  const sure = rows.filter((row) => Math.max(...row) > SURE).length;
  if (2 * sure > rows.length) return [`It is certain of ${name} on ${sure} of the newest ${rows.length} bars (a probability above ${SURE}).`];
  if (isConstant(rows) && !isConstant(rowsOf(its))) return [`It gives the same answer to ${name} on each of the newest ${rows.length} bars, the champion does not.`];
  return [];
}

const rowsOf = (probabilities: Float64Array): Float64Array[] => Array.from({ length: probabilities.length / 3 }, (_, row) => probabilities.subarray(3 * row, 3 * row + 3));
const isConstant = (rows: readonly Float64Array[]): boolean => rows.every((row) => row.every((p, k) => Math.abs(p - rows[0][k]) < 1e-9));

/** Half the sum of absolute differences, on average over the rows. */
function meanDistance(a: Float64Array, b: Float64Array): number {
  return (0.5 * a.reduce((sum, p, at) => sum + Math.abs(p - b[at]), 0)) / (a.length / 3);
}

function joined(parts: readonly Float64Array[]): Float64Array {
  return Float64Array.from(parts.flatMap((part) => [...part]));
}

const day = (isoTime: string): string => isoTime.slice(0, 10);
