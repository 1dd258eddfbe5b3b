// The command that does a search again, so that nobody has to believe a report.
import { FEATURE_SETS, type FeatureSetName, needsLeader } from '@forecastlab/core';
import { NO_LEADER } from '../load-leader.js';
import type { SearchReport } from '../search/search-report.js';
import { printableText } from './printable-text.js';

/** The command line, one option a line; defaults are spelled out so that it stays true when they change. */
export function repeatCommand(report: SearchReport): string {
  const { market, options } = report;
  const { refitEvery, trainWindow } = options;
  const folds = refitEvery === null ? `--oos-window ${options.oosWindow} --step ${options.step}` : `--refit-every ${refitEvery}`;
  const parts = [
    `--data ${quoteWord(market.file)}`,
    ...(market.symbol === null ? [] : [`--symbol ${quoteWord(market.symbol)}`]),
    `--interval ${quoteWord(market.interval)}`,
    ...candidateFlags(report),
    `--features ${quoteWord(options.features)} --model ${quoteWord(options.model)}`,
    ...leaderFlag(options),
    ...(Object.keys(options.params).length === 0 ? [] : [`--params ${quoteWord(JSON.stringify(options.params))}`]),
    `--class-weights ${options.classWeights} --sample-weights ${options.sampleWeights} --calibration ${options.calibration}`,
    `--label-window ${options.labelOptions.window} --tie-break ${options.labelOptions.tieBreak} --touch ${options.labelOptions.touch}`,
    `--init-train ${options.initTrain} ${folds}${trainWindow === null ? '' : ` --window ${trainWindow}`}`,
    `--shuffled-folds ${options.shuffledFolds} --rank-by ${options.rankBy}`,
    `${options.isPurged ? '' : '--no-purge '}--embargo ${options.embargo} --seed ${options.seed}`,
  ];
  return ['forecastlab-train search', ...parts].join(' \\\n  ');
}

/** `--T`, `--X` and `--V` for a full grid of more than one; else the names, of those that failed too. */
function candidateFlags({ candidates, failures }: SearchReport): readonly string[] {
  const [T, X, V] = [candidates.map((candidate) => candidate.T), candidates.flatMap((candidate) => candidate.X ?? []), candidates.flatMap((candidate) => candidate.V ?? [])].map(ascending);
  const isFull = T.length * (X.length + V.length) === candidates.length;
  if (failures.length === 0 && candidates.length > 1 && isFull) return [[`--T ${T.join(',')}`, ...(X.length > 0 ? [`--X ${X.join(',')}`] : []), ...(V.length > 0 ? [`--V ${V.join(',')}`] : [])].join(' ')];
  const names = [...candidates.map(({ name }) => name), ...failures.map(({ candidate }) => candidate)];
  return [`--candidates ${quoteWord(names.join(','))}`];
}

function ascending(values: readonly number[]): number[] {
  return [...new Set(values)].sort((a, b) => a - b);
}

/** Spelled out, with or without one, where features ask for a leader: which bars are stored may change. */
function leaderFlag({ features, leader }: SearchReport['options']): readonly string[] {
  const isAsked = Object.hasOwn(FEATURE_SETS, features) && needsLeader(features as FeatureSetName);
  return isAsked ? [`--leader ${leader === undefined ? NO_LEADER : quoteWord(leader.file)}`] : [];
}

/** A word that every POSIX shell takes as it is. */
export function quoteWord(word: string): string {
  const plain = printableText(word);
  return /^[A-Za-z0-9_./:,=@%+-]+$/.test(plain) ? plain : `'${plain.replace(/'/g, `'\\''`)}'`;
}
