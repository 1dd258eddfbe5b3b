// The importance of features as text: a table with intervals, what the model is worth, and what to keep in mind.
import { formatTable } from '@forecastlab/core/node';
import type { MeasuredImportance } from './measure-importance.js';
import { formatPValue } from './report/formats.js';

const LOSS_WORDS = { 'log-loss': 'log loss, in nats', brier: 'Brier score' } as const;

/** Table, verdict and cautions. `title` names candidate, model and market. */
export function formatImportance(importance: MeasuredImportance, title: string): string {
  const { features, evaluation, loss, repeats, blockRows, meanLoss, cautions } = importance;
  const table = formatTable(features, [
    { header: 'feature', value: rowName },
    { header: 'importance', value: ({ importance: rise }) => signed(rise), align: 'right' },
    { header: '95 % interval', value: ({ interval }) => (interval === null ? '-' : `${signed(interval[0])} to ${signed(interval[1])}`), align: 'right' },
    { header: 'spread of folds', value: ({ foldDeviation }) => foldDeviation.toFixed(4), align: 'right' },
    { header: 'of repeats', value: ({ repeatDeviation }) => repeatDeviation.toFixed(4), align: 'right' },
    { header: 'p', value: ({ adjustedPValue }) => (formatPValue(adjustedPValue)), align: 'right' },
    { header: 'measurable', value: ({ isMeasurable }) => (isMeasurable ? 'yes' : 'no') },
  ]);
  const groups = features.filter((feature) => feature.features.length > 1).map((feature) => `${rowName(feature)}: ${feature.features.join(', ')}.`);
  if (groups.length > 0) groups.unshift('', 'Permuted together:');
  const how = `permuted ${repeats} time${repeats === 1 ? '' : 's'} in each of ${evaluation.folds.length} folds${blockRows > 1 ? `, in blocks of ${blockRows} bars` : ''}`;
  return [
    `${title}: rise of the ${LOSS_WORDS[loss]}, above its ${meanLoss.toFixed(3)} on ${evaluation.pooled.model.rows} test bars, when a feature is ${how}; p allows for all ${features.length} tried.`,
    [table, ...groups].join('\n'),
    evaluation.verdict.sentence,
    ...cautions,
  ].join('\n\n');
}

/** A group by its first feature: names of all of them would burst the table. */
function rowName({ features: [first, ...others] }: MeasuredImportance['features'][number]): string {
  return others.length === 0 ? first : `${first} and ${others.length} more`;
}

function signed(rise: number): string {
  const text = rise.toFixed(4);
  if (text === '-0.0000' || text === '0.0000') return '0.0000';
  return rise > 0 ? `+${text}` : text;
}
