// A search on the screen: what makes the scores doubtful, one line per candidate, the verdict, what failed.
import { wrapWords } from '@forecastlab/core';
import { formatTable, type TableColumn } from '@forecastlab/core/node';
import type { CandidateReport, SearchReport } from '../search/search-report.js';
import { baselineShortName } from './baseline-words.js';
import { type CandidateRow, candidateRow } from './candidate-row.js';
import { cautions } from './cautions.js';
import { describeSearch, marketName } from './describe-search.js';
import { count, formatIntervalNumbers, formatPercentNumber } from './formats.js';
import { printableText } from './printable-text.js';
import { trialsSentences } from './trials-sentences.js';
import { verdictWords } from './verdict-words.js';

/** What terminals show at least without breaking lines, as used by most logs too. */
const WIDTH = 120;

/**
 * The report as plain text of at most 120 columns (single long words aside); no colours, ends without a line break.
 * @example process.stdout.write(`${formatSearchSummary(report)}\n`)
 */
export function formatSearchSummary(report: SearchReport): string {
  const verdict = verdictWords(report);
  const isFlawed = verdict.kind === 'flawed';
  const blocks = [
    prose(`${marketName(report)}${report.market.isSynthetic ? ' (synthetic)' : ''} · ${describeSearch(report)}`),
    [...(isFlawed ? [verdict.headline, ...report.flaws] : []), ...cautions(report)].map(note).join('\n'),
    tables(report, isFlawed),
    [prose([verdict.headline, ...verdict.sentences.filter((sentence) => !report.flaws.includes(sentence))].join(' ')), prose(trialsSentences(report).join(' '))].join('\n'),
    failuresText(report),
  ];
  return blocks.filter((block) => block !== '').join('\n\n');
}

const prose = (text: string): string => wrapWords(printableText(text), WIDTH);
const note = (text: string): string => wrapWords(`! ${printableText(text)}`, WIDTH, '  ');

interface Line extends CandidateRow {
  readonly candidate: CandidateReport;
}

function tables(report: SearchReport, isFlawed: boolean): string {
  if (report.candidates.length === 0) return '';
  const lines = report.candidates.map((candidate): Line => ({ ...candidateRow(candidate, isFlawed), candidate }));
  const legend =
    '-/0/+ %: test rows that fall first, do neither, rise first. f1: macro-F1, median over folds. loss: log loss of the model; prior: that of guessing by class shares. skill %: against prior, 95 %: its interval; vs it: against the best baseline. adj p: allows for every candidate tried.';
  return `${packed(lines).join('\n\n')}\n${wrapWords(legend, WIDTH)}`;
}

/** One table; where names are too long for the width, several, each beginning with the candidate. */
function packed(lines: readonly Line[]): readonly string[] {
  const [first, ...others] = COLUMNS;
  const groups: TableColumn<Line>[][] = [[first]];
  for (const column of others) {
    const group = groups[groups.length - 1];
    if (group.length > 1 && widthOf(lines, [...group, column]) > WIDTH) groups.push([first, column]);
    else group.push(column);
  }
  return groups.map((columns) => formatTable(lines, columns));
}

const widthOf = (lines: readonly Line[], columns: readonly TableColumn<Line>[]): number => Math.max(...formatTable(lines, columns).split('\n').map((line) => line.length));

const COLUMNS: readonly TableColumn<Line>[] = [
  { header: 'candidate', value: ({ name }) => printableText(name) },
  { header: 'folds', value: ({ folds }) => folds, align: 'right' },
  { header: 'rows', value: ({ rows }) => rows, align: 'right' },
  { header: '-/0/+ %', value: ({ classShares }) => classShares, align: 'right' },
  { header: 'f1', value: ({ f1 }) => f1, align: 'right' },
  { header: 'loss', value: ({ logLoss }) => logLoss, align: 'right' },
  { header: 'prior', value: ({ priorLoss }) => priorLoss, align: 'right' },
  { header: 'skill %', value: ({ candidate }) => formatPercentNumber(candidate.skill.skill), align: 'right' },
  { header: '95 %', value: ({ candidate }) => formatIntervalNumbers(candidate.skill.interval), align: 'right' },
  { header: 'best baseline', value: ({ bestBaseline, bestLoss }) => printableText(`${baselineShortName(bestBaseline)} ${bestLoss}`), align: 'right' },
  { header: 'vs it', value: ({ candidate }) => formatPercentNumber(candidate.skillAgainstBest.skill), align: 'right' },
  { header: 'adj p', value: ({ adjustedPValue }) => adjustedPValue, align: 'right' },
  { header: 'skill', value: ({ word }) => (word === 'none shown' ? 'none' : word) },
];

function failuresText({ failures }: SearchReport): string {
  if (failures.length === 0) return '';
  const items = failures.flatMap(({ candidate, message, hint }) => [
    `  ${wrapWords(printableText(`${candidate}: ${message}`), WIDTH - 2, '    ')}`,
    ...(hint === null ? [] : [`    ${wrapWords(printableText(hint), WIDTH - 4, '    ')}`]),
  ]);
  return [`${count(failures.length, 'candidate')} failed:`, ...items].join('\n');
}
