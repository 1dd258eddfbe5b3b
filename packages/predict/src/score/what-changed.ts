// Whether an outcome is another one than was written down before, and why.
import type { OutcomeLine } from '@forecastlab/core';

/** Why a line takes the place of an earlier one; null when it says the same. */
export function whatChanged(earlier: OutcomeLine, line: OutcomeLine): string | null {
  // the file was lost and made again later: what was seen of the first one is the better witness
  if (!earlier.backfilled && line.backfilled && line.replaced === undefined) return null;
  if (earlier.prediction_sha256 !== line.prediction_sha256) return 'the prediction file is another one';
  if (JSON.stringify(earlier.label_options) !== JSON.stringify(line.label_options)) return 'the bundle tells how its labels are made';
  if (earlier.label !== line.label || earlier.touched_on !== line.touched_on || earlier.matured_on !== line.matured_on || earlier.note !== line.note) return `bars were restated: ${sayOutcome(earlier)} before`;
  return earlier.base_proba === null && line.base_proba !== null ? 'the bundle tells its class shares' : null;
}

const sayOutcome = ({ label, touched_on, matured_on }: OutcomeLine): string => `label ${label}, touched ${touched_on ?? 'never'}, matured ${matured_on}`;
