// Drift as people read it on a terminal: a sentence first, then the numbers behind it.
import type { ColumnDrift } from '@forecastlab/core';
import { formatTable, type TableColumn } from '@forecastlab/core/node';
import type { DriftReport, MarketDrift, ReportedAnswers } from './report-drift.js';

const number = (value: number): string => Number(value.toPrecision(3)).toString();
const percent = (share: number): string => `${Number((100 * share).toPrecision(3))} %`;
const WORDS: Readonly<Record<ColumnDrift['verdict'], string>> = { usual: '', near: 'rare', beyond: 'beyond', stuck: 'stuck' };

export function formatDrift(report: DriftReport): string {
  const blocks = report.markets.map((market) => formatMarket(report, market));
  const left = report.not_stored.length === 0 ? [] : [`Left out, as no klines of theirs are stored: ${report.not_stored.join(', ')}.`];
  const failed = report.failures.map(({ symbol, message, hint }) => [`FAILED: ${symbol}: ${message}`, ...(hint === null ? [] : [`  ${hint}`])].join('\n'));
  return `${[...blocks, ...left, ...failed].join('\n\n')}\n`;
}

function formatMarket({ deploy_name, cut_off }: DriftReport, market: MarketDrift): string {
  const { symbol, asof_date, features, distance, findings, answers } = market;
  const parts = [
    `${symbol}, bar of ${asof_date}, bundle ${deploy_name}`,
    sayWhole(market),
    findings.map((finding) => `! ${finding}`).join('\n'),
    features === null
      ? ''
      : `${formatTable(features.columns, featureColumns)}\n${features.beyond} of ${features.columns.length} features beyond the 99 % line over ${features.rows} bars; of the stretches of training 95 % had at most ${features.beyondLines[0]}, 99 % ${features.beyondLines[1]}, none more than ${features.beyondLines[2]}.`,
    distance === null ? '' : `Distance of the bar from training: ${number(distance.distance)} (99 % line ${number(distance.line)}); ${percent(distance.rank)} of the training rows lie nearer to their like. Most like it: the bar of ${distance.nearest_date}.`,
    answers.map(sayAnswers).join('\n'),
    `Training has seen bars up to ${cut_off.slice(0, 10)}: ${market.model_age_days} days before this one.`,
  ];
  return parts.filter((part) => part !== '').join('\n\n');
}

function sayWhole({ has_reference, features, is_drifted, findings }: MarketDrift): string {
  if (!has_reference) return 'The bundle was made by an older version and holds nothing to measure drift against; a new bundle will.';
  if (is_drifted) return 'The market, or its data, has moved away from what the model learned from.';
  if (features === null) return `There are too few bars, or training had too few rows, to compare the features.${findings.length > 0 ? '' : ' Nothing else stands out.'}`;
  return findings.length > 0 ? 'The features as a whole are as in training; something else stands out.' : 'The market is as it was in training: no sign of drift.';
}

const featureColumns: readonly TableColumn<ColumnDrift>[] = [
  { header: 'feature', value: ({ name }) => name },
  { header: 'PSI', value: ({ psi }) => number(psi), align: 'right' },
  { header: '95 %', value: ({ psi95 }) => number(psi95), align: 'right' },
  { header: '99 %', value: ({ psi99 }) => number(psi99), align: 'right' },
  { header: 'KS', value: ({ ks }) => number(ks), align: 'right' },
  { header: '95 %', value: ({ ks95 }) => number(ks95), align: 'right' },
  { header: '99 %', value: ({ ks99 }) => number(ks99), align: 'right' },
  { header: 'missing', value: ({ missingShare }) => percent(missingShare), align: 'right' },
  { header: 'verdict', value: ({ verdict, run }) => (verdict === 'stuck' ? `stuck for ${run} bars` : WORDS[verdict]) },
];

function sayAnswers({ candidate, rows, means, meansInEvaluation, isDrifted, isCollapsed, spread, spread01 }: ReportedAnswers): string {
  const shares = (values: readonly number[]): string => values.map(percent).join(', ');
  const verdict = isCollapsed ? 'collapsed' : isDrifted ? 'drifted' : 'as in the evaluation';
  return `${candidate}: down, neutral, up over ${rows} bars ${shares(means)}, in the evaluation ${shares(meansInEvaluation)}; spread ${number(spread)} (1 % line ${number(spread01)}): ${verdict}.`;
}
