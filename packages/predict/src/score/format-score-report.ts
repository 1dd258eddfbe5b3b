// The scorecard as people read it on a terminal.
import type { Scorecard, ScorecardEntry, WithInterval } from '@forecastlab/core';
import { formatTable, type TableColumn } from '@forecastlab/core/node';
import { headEntries } from './head-entries.js';
import type { ScoreReport } from './score-predictions.js';

/** Bundles of one candidate that are told on a terminal, those that answered last; the file holds all. */
const MOST_BUNDLES = 8;

const NONE = '-';
const percent = (share: number): string => `${(100 * share).toFixed(1).replace(/^-0\.0$/, '0.0')}`;

/** The table, a sentence for each candidate and bundle, what failed, and what was kept. `placeOf`: where a path of the store lies, for people. */
export function formatScoreReport({ scorecard, added, failures, notes }: ScoreReport, { isDryRun, placeOf, files }: { readonly isDryRun: boolean; readonly placeOf: (path: string) => string; readonly files: { readonly outcomes: string; readonly scorecard: string } }): string {
  const { shown, hidden } = choose(scorecard.entries);
  const corrections = added.filter(({ corrects }) => corrects !== undefined);
  const blocks = [
    headOf(scorecard),
    shown.length === 0 ? 'There are no predictions to score.' : formatTable(shown, columnsOf(shown)),
    [
      ...headEntries(shown).flatMap((entry) => [`${nameOf(entry)}: ${entry.sentence}`, ...sayLate(entry)]),
      ...(hidden === 0 ? [] : [`${hidden} earlier bundle${hidden === 1 ? ' is' : 's are'} left out here; --json and the file have all.`]),
      ...corrections.map((line) => `! ${line.symbol} ${line.asof_date} ${line.candidate}: corrected; ${line.corrects ?? ''}.`),
      ...notes.map((note) => `! ${note}`),
    ].join('\n'),
    failures.map(({ message, hint }) => [`FAILED: ${message}`, ...(hint === null ? [] : [`  ${hint}`])].join('\n')).join('\n'),
    isDryRun ? `Dry run: ${count(added.length, 'outcome')} would be added; nothing was written.` : `${added.length === 0 ? 'No outcome' : count(added.length, 'outcome')} added to ${placeOf(files.outcomes)}; scorecard in ${placeOf(files.scorecard)}.`,
  ];
  return `${blocks.filter((block) => block !== '').join('\n\n')}\n`;
}

function headOf({ newest_bars, entries }: Scorecard): string {
  const bars = Object.entries(newest_bars).map(([market, date]) => `${market} to ${date}`);
  return `Live scorecard${entries.some(({ synthetic }) => synthetic) ? ', synthetic prices' : ''}${bars.length === 0 ? '' : `, bars of ${bars.join(', ')}`}`;
}

/** All bundles together and the newest ones of each candidate. */
function choose(entries: readonly ScorecardEntry[]): { readonly shown: readonly ScorecardEntry[]; readonly hidden: number } {
  const seen = new Map<string, Set<string>>();
  const left = new Set<string>();
  const shown = entries.filter(({ candidate, interval, deploy_name, bundle_sha256 }) => {
    if (deploy_name === null) return true;
    const bundles = seen.get(`${candidate} ${interval}`) ?? new Set<string>();
    seen.set(`${candidate} ${interval}`, bundles);
    const bundle = `${deploy_name} ${bundle_sha256 ?? ''}`;
    if (bundles.size < MOST_BUNDLES) bundles.add(bundle);
    if (!bundles.has(bundle)) left.add(bundle);
    return bundles.has(bundle);
  });
  return { shown, hidden: left.size };
}

function columnsOf(entries: readonly ScorecardEntry[]): readonly TableColumn<ScorecardEntry>[] {
  const right = 'right' as const;
  const isSeveral = entries.some(({ symbol }) => symbol === null);
  return [
    { header: 'candidate', value: ({ candidate }) => candidate },
    { header: 'bundle', value: ({ deploy_name }) => deploy_name ?? 'all' },
    ...(isSeveral ? [{ header: 'market', value: ({ symbol }: ScorecardEntry) => symbol ?? 'all' }] : []),
    { header: 'scored', value: ({ counts }) => counts.on_time },
    { header: 'late', value: ({ counts }) => counts.late },
    { header: 'open', value: ({ counts }) => counts.pending + counts.touched_early },
    { header: 'touched', value: ({ counts }) => counts.touched_early },
    { header: 'missing', value: ({ counts }) => counts.missing },
    ...optional(entries, 'unknown', ({ counts }) => counts.unknowable),
    ...optional(entries, 'unfair', ({ counts }) => counts.not_fair),
    { header: 'log loss', value: ({ on_time }) => (on_time === null ? NONE : on_time.log_loss.toFixed(3)), align: right },
    { header: 'expected', value: ({ expected }) => (expected === null ? NONE : expected.log_loss.toFixed(3)), align: right },
    { header: 'skill %', value: ({ on_time }) => withEnds(on_time?.skill ?? null), align: right },
    { header: 'hits %', value: ({ on_time }) => withEnds(on_time?.hit_rate ?? null), align: right },
  ];
}

/** A column that is told where it has something to tell. */
function optional(entries: readonly ScorecardEntry[], header: string, value: (entry: ScorecardEntry) => number): readonly TableColumn<ScorecardEntry>[] {
  return entries.some((entry) => value(entry) > 0) ? [{ header, value }] : [];
}

function withEnds(score: WithInterval | null): string {
  if (score === null) return NONE;
  return score.interval === null ? percent(score.value) : `${percent(score.value)} (${percent(score.interval[0])} to ${percent(score.interval[1])})`;
}

function sayLate({ late }: ScorecardEntry): readonly string[] {
  if (late === null) return [];
  return [`  made after their day, and counted apart: ${count(late.rows, 'answer')}, log loss ${late.log_loss.toFixed(3)}, skill ${withEnds(late.skill)} %, hits ${withEnds(late.hit_rate)} %.`];
}

const nameOf = ({ candidate, deploy_name }: ScorecardEntry): string => `${candidate}, ${deploy_name ?? 'all bundles'}`;
const count = (number: number, noun: string): string => `${number} ${noun}${number === 1 ? '' : 's'}`;
