// An evidence run on the screen: one line per candidate, the verdict, what failed.
import { type Evidence, type SkillInterval, wrapWords } from '@forecastlab/core';
import { formatTable, type TableColumn } from '@forecastlab/core/node';
import { count, formatIntervalNumbers, formatPercentNumber, formatPValue, NO_NUMBER } from '../report/formats.js';
import { printableText } from '../report/printable-text.js';
import type { EvidenceReport } from './evidence-report.js';
import { skillOf, skillWord } from './evidence-tables.js';
import { evidenceTrials } from './evidence-words.js';

/** What terminals show at least without breaking lines, as used by most logs too. */
const WIDTH = 120;

/**
 * The report as plain text of at most 120 columns (long names aside); no colours, ends without a line break.
 * @example process.stdout.write(`${formatEvidenceSummary(report)}\n`)
 */
export function formatEvidenceSummary(report: EvidenceReport): string {
  const { pooled, alone, markets, interval, run, verdict, failures, warnings } = report;
  const blocks = [
    prose(`${markets.map(({ symbol, isSynthetic }) => `${symbol}${isSynthetic ? ' (synthetic)' : ''}`).join(', ')} ${interval} · run ${run}`),
    warnings.map((warning) => wrapWords(`! ${printableText(warning)}`, WIDTH, '  ')).join('\n'),
    pooled.length === 0 ? '' : `${formatTable(pooled, COLUMNS)}\n${wrapWords(LEGEND, WIDTH)}`,
    ...alone.map(({ symbol, evidence }) => `${printableText(symbol)} alone\n${formatTable(evidence, COLUMNS)}`),
    [prose([verdict.headline, ...verdict.sentences].join(' ')), prose(evidenceTrials(report))].join('\n'),
    failures.length === 0 ? '' : [`${count(failures.length, 'candidate')} failed:`, ...failures.map(({ candidate, message, hint }) => `  ${wrapWords(printableText([`${candidate}: ${message}`, ...(hint === null ? [] : [hint])].join(' ')), WIDTH - 2, '    ')}`)].join('\n'),
  ];
  return blocks.filter((block) => block !== '').join('\n\n');
}

const prose = (text: string): string => wrapWords(printableText(text), WIDTH);

const withInterval = (skill: SkillInterval | undefined): string => (skill === undefined ? NO_NUMBER : `${formatPercentNumber(skill.skill)}${skill.interval === null ? '' : ` [${formatIntervalNumbers(skill.interval).replace(' to ', ', ')}]`}`);

const LEGEND = 'Log-loss skill in % with its 95 % interval, against class shares, volatility alone, and volatility alone by the recipe of the presets. touch, side: points of the skill against class shares that lie in whether a barrier is touched, and in which one. adj p: against every baseline, the shares of the last 365 rows too, allowing for every candidate tried.';

const COLUMNS: readonly TableColumn<Evidence>[] = [
  { header: 'candidate', value: ({ candidate }) => printableText(candidate) },
  { header: 'rows', value: ({ rows }) => rows, align: 'right' },
  { header: 'class shares', value: (evidence) => withInterval(skillOf(evidence, 'class-shares')), align: 'right' },
  { header: 'volatility', value: (evidence) => withInterval(skillOf(evidence, 'volatility')), align: 'right' },
  { header: 'same recipe', value: (evidence) => withInterval(skillOf(evidence, 'volatility-recipe')), align: 'right' },
  { header: 'touch', value: ({ parts }) => formatPercentNumber(parts[0]?.touch.ofTotal.skill), align: 'right' },
  { header: 'side', value: ({ parts }) => formatPercentNumber(parts[0]?.side.ofTotal.skill), align: 'right' },
  { header: 'adj p', value: ({ superiority }) => formatPValue(superiority.adjustedPValue), align: 'right' },
  { header: 'skill', value: (evidence) => (skillWord(evidence) === 'yes' ? 'yes' : 'none') },
];
