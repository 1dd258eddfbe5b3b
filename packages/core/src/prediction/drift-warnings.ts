// What a prediction says about drift: the findings as sentences, and the numbers behind them.
import type { AnswerDrift } from '../drift/measure-answers.js';
import { type ColumnDrift, type DriftMeasurement, isBeyond } from '../drift/measure-drift.js';
import type { BundleDrift } from './bundle-drift.js';
import type { PredictionDrift } from './daily-prediction.js';

const MOST_LISTED = 5;
const ANSWERS: Readonly<Record<string, string>> = { '-1': 'down', '0': 'neutral', '1': 'up' };

/** The `drift` of a prediction; nothing for a bundle that holds no reference. */
export function describeDrift({ features, distance, modelAgeDays, answers }: BundleDrift): { readonly drift?: PredictionDrift } {
  if (features === undefined && distance === undefined && answers.size === 0) return {};
  const stuck = features?.columns.filter(({ verdict }) => verdict === 'stuck') ?? [];
  return {
    drift: {
      rows: features?.rows ?? 0,
      features: features === undefined ? [] : worstFirst(features).map(({ name }) => name),
      stuck: stuck.map(({ name }) => name),
      is_drifted: features?.isDrifted === true || stuck.length > 0,
      distance_rank: distance?.rank ?? null,
      model_age_days: modelAgeDays,
      answers: [...answers].map(([candidate, { rows, means: [down, neutral, up], isDrifted, isCollapsed }]) => ({
        candidate,
        rows,
        mean_proba: { '-1': down, '0': neutral, '1': up },
        is_drifted: isDrifted,
        is_collapsed: isCollapsed,
      })),
    },
  };
}

/** Warnings that hold for all candidates. */
export function driftWarnings({ features, distance }: Pick<BundleDrift, 'features' | 'distance'>): string[] {
  const warnings: string[] = [];
  const stuck = features?.columns.filter(({ verdict }) => verdict === 'stuck') ?? [];
  if (stuck.length > 0) {
    const [first] = stuck;
    warnings.push(`${listed(stuck)} ${stuck.length === 1 ? 'has' : 'have'} not changed for ${first.run} bars (in training never for more than ${first.longestRun}): a column of the bars may have stopped.`);
  }
  if (features?.isDrifted === true) {
    const beyond = worstFirst(features);
    warnings.push(
      `Drift: over the last ${features.rows} bars ${features.beyond} of ${features.columns.length} features lie outside what 99 % of stretches of training showed, the furthest ${listed(beyond)}; no stretch of training had more than ${features.beyondLines[2]}, or one as far outside. The market, or its data, is not what the model learned from.`,
    );
  }
  if (distance?.isFar === true) {
    warnings.push(`This bar is unlike the bars of training: ${percent(distance.rank)} of them lie nearer to their like. The nearest is that of ${new Date(distance.nearestOpenTimeMs).toISOString().slice(0, 10)}.`);
  }
  return warnings;
}

/** Warnings about the answers of one candidate; none where they could not be compared. */
export function answerWarnings(answers: AnswerDrift | undefined): string[] {
  if (answers === undefined) return [];
  const { rows, isDrifted, isCollapsed, oneAnswer, oneAnswerShare, means, meansInEvaluation, spread, spread01 } = answers;
  const warnings: string[] = [];
  if (isDrifted) warnings.push(`The probabilities of the last ${rows} bars are distributed otherwise than in any stretch of the evaluation: down, neutral, up are ${shares(means)} on average, there ${shares(meansInEvaluation)}.`);
  if (isCollapsed) {
    warnings.push(
      oneAnswer === null
        ? `The probabilities of the last ${rows} bars hardly differ (spread ${spread}; 99 % of the stretches of the evaluation had ${spread01} or more): the model no longer follows the market.`
        : `All of the last ${rows} bars got the answer ${ANSWERS[String(oneAnswer)]}, as ${oneAnswerShare === 0 ? 'no stretch' : `only ${percent(oneAnswerShare)} of the stretches`} of the evaluation did.`,
    );
  }
  return warnings;
}

/** Columns beyond their 99 % line, by how far beyond. */
export function worstFirst({ columns }: DriftMeasurement): ColumnDrift[] {
  const excess = ({ psi, psi99, ks, ks99 }: ColumnDrift): number => Math.max(psi / Math.max(psi99, 1e-9), ks / Math.max(ks99, 1e-9));
  return columns.filter(isBeyond).sort((a, b) => excess(b) - excess(a));
}

function listed(columns: readonly ColumnDrift[]): string {
  const names = columns.map(({ name }) => name);
  return names.length <= MOST_LISTED ? names.join(', ') : `${names.slice(0, MOST_LISTED).join(', ')} and ${names.length - MOST_LISTED} more`;
}

const percent = (share: number): string => `${Number((100 * share).toPrecision(3))} %`;
const shares = (values: readonly number[]): string => values.map((value) => Number(value.toPrecision(2))).join(', ');
