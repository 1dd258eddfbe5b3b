// A prediction as people read it on a terminal.
import type { CandidatePrediction } from '@forecastlab/core';
import { formatTable } from '@forecastlab/core/node';
import type { PredictionReport } from './run-prediction.js';

const WORDS = { '-1': 'falls first', '0': 'neither', '1': 'rises first' } as const;
const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;

/** The table of candidates, then skill, warnings, and what was kept. `placeOf`: where a path of the store lies, for people. */
export function formatReport({ prediction, outcome }: PredictionReport, placeOf: (path: string) => string): string {
  const kind = prediction.synthetic ? ', synthetic' : '';
  const lines = [
    `${prediction.symbol} ${prediction.interval}${kind}, bar of ${prediction.asof_date}, close ${prediction.close}, bundle ${prediction.deploy_name}`,
    '',
    candidateTable(prediction.predictions),
    '',
    ...prediction.predictions.map((candidate) => `${candidate.candidate}: ${candidate.skill.sentence}`),
    ...prediction.predictions.flatMap((candidate) => candidate.warnings.map((warning) => `! ${candidate.candidate}: ${warning}`)),
    ...prediction.warnings.map((warning) => `! ${warning}`),
    '',
    sayOutcome(outcome, placeOf),
  ];
  return `${lines.join('\n')}\n`;
}

function candidateTable(predictions: readonly CandidatePrediction[]): string {
  return formatTable(predictions, [
    { header: 'candidate', value: ({ candidate }) => candidate },
    { header: 'says', value: ({ pred_label }) => WORDS[`${pred_label}`] },
    { header: 'falls', value: ({ pred_proba }) => percent(pred_proba['-1']), align: 'right' },
    { header: 'neither', value: ({ pred_proba }) => percent(pred_proba['0']), align: 'right' },
    { header: 'rises', value: ({ pred_proba }) => percent(pred_proba['1']), align: 'right' },
    { header: 'skill', value: ({ skill }) => (skill.has_skill ? 'yes' : 'none shown') },
    { header: 'known after', value: ({ matures_on }) => matures_on },
  ]);
}

function sayOutcome(outcome: PredictionReport['outcome'], placeOf: (path: string) => string): string {
  switch (outcome.status) {
    case 'dry-run':
      return 'Dry run: nothing was written.';
    case 'unchanged':
      return `${placeOf(outcome.path)} holds this prediction already; nothing was changed.`;
    case 'superseded':
      return `Written to ${placeOf(outcome.path)}; the first prediction of that day is kept as ${placeOf(outcome.superseded)}.`;
    case 'written':
      return `Written to ${placeOf(outcome.path)}.`;
  }
}
