// Of each candidate and bundle the entry that holds all of its markets.
import type { ScorecardEntry } from '@forecastlab/core';

/** The entry of all markets, or of the one that there is; all bundles together count as a bundle. */
export function headEntries(entries: readonly ScorecardEntry[]): readonly ScorecardEntry[] {
  const heads = new Map<string, ScorecardEntry>();
  for (const entry of entries) {
    const key = `${entry.candidate} ${entry.interval} ${entry.deploy_name ?? ''} ${entry.bundle_sha256 ?? ''}`;
    if (entry.symbol === null || !heads.has(key)) heads.set(key, entry);
  }
  return [...heads.values()];
}
