// Tells a person when live performance is worse than chance explains, and when scoring itself failed.
import type { ScorecardEntry } from '@forecastlab/core';
import type { Alerts } from '@forecastlab/core/node';
import { headEntries } from './head-entries.js';
import type { ScoreReport } from './score-predictions.js';

const FAILED_KEY = 'score-failed';

/** Raises and resolves the alerts of one run. */
export async function tellScore(alerts: Alerts, { scorecard, failures }: ScoreReport): Promise<void> {
  for (const entry of headEntries(scorecard.entries)) await tellEntry(alerts, entry);
  if (failures.length === 0) await alerts.resolve(FAILED_KEY, { title: 'Scoring works again.' });
  else await tellFailure(alerts, failures[0], failures.length);
}

/** The run could not do (part of) its work. */
export async function tellFailure(alerts: Alerts, { message, hint }: { readonly message: string; readonly hint?: string | null | undefined }, failures = 1): Promise<void> {
  const more = failures > 1 ? ` (and ${failures - 1} more)` : '';
  await alerts.raise({ kind: 'score-failed', key: FAILED_KEY, severity: 'error', title: `Scoring failed: ${message}${more}`, text: hint ?? undefined });
}

/** A bundle that answers no more is nobody's worry: its last alert ends with its last open answer. */
async function tellEntry(alerts: Alerts, entry: ScorecardEntry): Promise<void> {
  const { candidate, deploy_name, counts, comparison, on_time, expected, sentence } = entry;
  const key = `live-skill:${deploy_name ?? 'all'}:${candidate}`;
  const who = `${candidate} by ${deploy_name ?? 'all bundles together'}`;
  const isInUse = counts.pending + counts.touched_early > 0;
  if (isInUse && comparison?.verdict === 'worse') {
    await alerts.raise({
      kind: 'live-skill',
      key,
      severity: 'warning',
      title: `The live performance of ${who} is worse than its walk-forward evaluation, beyond chance.`,
      text: sentence,
      details: { candidate, deploy_name, days: on_time?.days, log_loss: on_time?.log_loss, expected_log_loss: expected?.log_loss, difference: comparison.log_loss, skill_difference: comparison.skill },
    });
  } else if (!isInUse || (comparison !== null && comparison.verdict !== 'too-few' && comparison.verdict !== 'unknown')) {
    await alerts.resolve(key, { title: `The live performance of ${who} is no longer worse than chance explains.` });
  }
}
