// Predictions as people read them on a terminal.
import type { CandidatePrediction, DailyPrediction } from '@forecastlab/core';
import { formatTable, type TableColumn } from '@forecastlab/core/node';
import type { PlannedAnswer, PredictionReport } from '../run/prediction-request.js';
import type { PredictionsReport } from '../run/run-predictions.js';
import { sayDays } from './say-days.js';

const WORDS = { '-1': 'falls first', '0': 'neither', '1': 'rises first' } as const;
const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;

/** The table of candidates, then skill, warnings, and what was kept. `placeOf`: where a path of the store lies, for people. */
export function formatReport({ prediction, outcome }: PredictionReport, { pastDays, placeOf }: { readonly pastDays: PredictionsReport['pastDays']; placeOf(this: void, path: string): string }): string {
  const lines = [
    `${prediction.symbol} ${prediction.interval}${kindOf(prediction)}, bar of ${prediction.asof_date}, close ${prediction.close}, bundle ${prediction.deploy_name}`,
    '',
    formatTable(prediction.predictions, candidateColumns(prediction.predictions)),
    '',
    ...prediction.predictions.map((candidate) => `${candidate.candidate}: ${candidate.skill.sentence}`),
    ...prediction.predictions.flatMap((candidate) => candidate.warnings.map((warning) => `! ${candidate.candidate}: ${warning}`)),
    ...prediction.warnings.map((warning) => `! ${warning}`),
    '',
    sayOutcome(outcome, placeOf),
    ...sayDays(pastDays, placeOf),
  ];
  return `${lines.join('\n')}\n`;
}

/** One table of all markets, the skill of each candidate once, the warnings of each market, what was kept, and what failed. */
export function formatReports({ deployName, reports, failures, planned, notStored, pastDays }: PredictionsReport, placeOf: (path: string) => string): string {
  const rows = reports.flatMap(({ prediction }) => prediction.predictions.map((candidate) => ({ ...candidate, prediction })));
  const columns: readonly TableColumn<(typeof rows)[number]>[] = [
    { header: 'market', value: ({ prediction }) => prediction.symbol },
    { header: 'bar', value: ({ prediction }) => prediction.asof_date },
    ...candidateColumns(rows),
  ];
  const warnings = reports.flatMap(({ prediction: { symbol, predictions, warnings: ofMarket } }) => [
    ...predictions.flatMap(({ candidate, warnings: own }) => own.map((warning) => `! ${symbol} ${candidate}: ${warning}`)),
    ...ofMarket.map((warning) => `! ${symbol}: ${warning}`),
  ]);
  const blocks = [
    `${reports.length} of ${reports.length + failures.length + planned.length} markets, bundle ${deployName}`,
    rows.length === 0 ? '' : formatTable(rows, columns),
    [...(reports[0]?.prediction.predictions.map(({ candidate, skill }) => `${candidate}: ${skill.sentence}`) ?? []), ...warnings].join('\n'),
    [
      ...reports.map(({ prediction, outcome }) => `${prediction.symbol}: ${sayOutcome(outcome, placeOf)}`),
      ...(notStored.length === 0 ? [] : [`Left out, as no klines of theirs are stored: ${notStored.join(', ')}.`]),
      ...planned.map((answer) => sayPlanned(answer, placeOf)),
      ...sayFailures(failures),
      ...sayDays(pastDays, placeOf),
    ].join('\n'),
  ];
  return `${blocks.filter((block) => block !== '').join('\n\n')}\n`;
}

/** What is wrong with several markets, or with the bundle, is said once. */
function sayFailures(failures: PredictionsReport['failures']): readonly string[] {
  const symbolsOf = new Map<string, string[]>();
  for (const { symbol, message, hint } of failures) {
    const said = [message, ...(hint === null ? [] : [`  ${hint}`])].join('\n');
    symbolsOf.set(said, [...(symbolsOf.get(said) ?? []), symbol]);
  }
  return [...symbolsOf].map(([said, symbols]) => `FAILED ${symbols.join(', ')}: ${said}`);
}

function kindOf({ synthetic, market_seen }: DailyPrediction): string {
  return [...(synthetic ? ['synthetic'] : []), ...(market_seen === false ? ['not seen in training'] : [])].map((kind) => `, ${kind}`).join('');
}

/** A barrier is told where it is another one every day. */
function candidateColumns(predictions: readonly CandidatePrediction[]): readonly TableColumn<CandidatePrediction>[] {
  const hasVolatilityBarrier = predictions.some(({ V }) => V !== undefined);
  return [
    { header: 'candidate', value: ({ candidate }) => candidate },
    ...(hasVolatilityBarrier ? [{ header: 'barrier', value: ({ X, V }: CandidatePrediction) => (V === undefined ? `${Number((100 * X).toPrecision(12))} %` : percent(X)), align: 'right' as const }] : []),
    { header: 'says', value: ({ pred_label }) => WORDS[`${pred_label}`] },
    { header: 'falls', value: ({ pred_proba }) => percent(pred_proba['-1']), align: 'right' },
    { header: 'neither', value: ({ pred_proba }) => percent(pred_proba['0']), align: 'right' },
    { header: 'rises', value: ({ pred_proba }) => percent(pred_proba['1']), align: 'right' },
    { header: 'skill', value: ({ skill }) => (skill.has_skill ? 'yes' : 'none shown') },
    { header: 'known after', value: ({ matures_on }) => matures_on },
  ];
}

/** What a dry run would do once the bars are there. */
export function sayPlanned({ symbol, date, path, deploy_name: bundle, reason }: PlannedAnswer, placeOf: (path: string) => string): string {
  return `${symbol}: would be brought up to date, then ${date} (the newest closed day by this machine's clock) predicted with ${bundle} and written to ${placeOf(path)}. Now: ${reason}`;
}

const WOULD = {
  written: 'would be written to',
  unchanged: 'lies already, just so, in',
  kept: 'would be kept as it lies in',
  superseded: 'would take the place of',
  refused: 'would be refused, as another one lies in',
  restored: 'would take the place of the damaged file',
} as const;

function sayOutcome(outcome: PredictionReport['outcome'], placeOf: (path: string) => string): string {
  switch (outcome.status) {
    case 'dry-run':
      return `Dry run: nothing was written; this prediction ${WOULD[outcome.would]} ${placeOf(outcome.path)}.`;
    case 'unchanged':
      return `${placeOf(outcome.path)} holds this prediction already; nothing was changed.`;
    case 'kept':
      return `${placeOf(outcome.path)} holds the prediction of that day already, and it stays${outcome.differs.length === 0 ? '' : ` (${outcome.differs.join('; ')})`}.`;
    case 'restored':
      return `${outcome.reason} ${outcome.quarantine === null ? '' : `It is kept as ${placeOf(outcome.quarantine)}; `}${outcome.is_same ? 'the very same prediction was made again' : 'the prediction was made again, marked as backfilled,'} in ${placeOf(outcome.path)}.`;
    case 'superseded':
      return `Written to ${placeOf(outcome.path)}; the first prediction of that day is kept as ${placeOf(outcome.superseded)}.`;
    case 'written':
      return `Written to ${placeOf(outcome.path)}.`;
  }
}
