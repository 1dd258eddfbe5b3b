// What the record and the log of a scoring run say of it.
import type { RunLog } from '@forecastlab/core/node';
import { headEntries } from './head-entries.js';
import type { ScoreReport } from './score-predictions.js';

/** A folder of damaged files has thousands of failures: a record and a log hold some, and how many there are. */
const MOST_TOLD = 20;

/** For the run record. */
export function describeScore({ scorecard, added, failures, notes, exitCode }: ScoreReport): { readonly exitCode: number; readonly facts: Readonly<Record<string, unknown>> } {
  const corrections = added.filter(({ corrects }) => corrects !== undefined).length;
  const verdicts = headEntries(scorecard.entries).map(({ candidate, deploy_name, counts, comparison }) => ({ candidate, deploy_name, scored: counts.on_time, verdict: comparison?.verdict ?? null }));
  return { exitCode, facts: { newest_bars: scorecard.newest_bars, added: added.length, corrections, failed: failures.length, failures: failures.slice(0, MOST_TOLD), notes: notes.slice(0, MOST_TOLD), verdicts } };
}

/** One line for each thing that is not as it should be, and one for all that is. */
export function logScore(log: RunLog, report: ScoreReport): void {
  for (const { what, code, message } of report.failures.slice(0, MOST_TOLD)) log.warn('not scored', { what, code, message });
  for (const note of report.notes.slice(0, MOST_TOLD)) log.warn('note', { note });
  const corrections = report.added.filter(({ corrects }) => corrects !== undefined);
  for (const { symbol, asof_date, candidate, corrects } of corrections.slice(0, MOST_TOLD)) log.warn('outcome corrected', { symbol, asof_date, candidate, why: corrects });
  log.info('scored', { added: report.added.length, corrections: corrections.length, failures: report.failures.length, exit_code: report.exitCode });
}
