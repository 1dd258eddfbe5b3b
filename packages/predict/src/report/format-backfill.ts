// What a backfill did, for people.
import type { BackfillReport } from '../missed-days/backfill.js';
import { sayDays } from './say-days.js';

/** `placeOf`: where a path of the store lies. */
export function formatBackfill(report: BackfillReport, placeOf: (path: string) => string): string {
  const { filled, skipped, failed, there, left, isDryRun } = report;
  const counts = [`${filled.length} ${isDryRun ? 'would be filled' : 'filled'}`, `${there} there already`, `${skipped.length} skipped`, `${failed.length} failed`];
  const lines = [...sayDays(report, placeOf), `${counts.join(', ')}${left === 0 ? '' : `, ${left} left: the limit was reached; run it again to go on`}.`, ...(isDryRun ? ['Dry run: nothing was written.'] : [])];
  return `${lines.join('\n')}\n`;
}
