// Months whose bars are not those that the manifest was written for: edited, cut, or damaged on the disk.
import type { Klines } from '../../klines/klines.js';
import type { TimeSpan } from '../../klines/time-spans.js';
import type { KlinesManifest } from './klines-manifest.js';
import { monthFingerprints } from './month-fingerprints.js';

const MONTH = /^\d{4}-(0[1-9]|1[0-2])$/;

/** Months, `YYYY-MM`, oldest first, whose fingerprint is another now, that are gone, or that the manifest does not know. @param klines oldest first */
export function changedMonths(klines: Klines, manifest: Pick<KlinesManifest, 'months'>): string[] {
  const now = monthFingerprints(klines);
  const months = new Set([...Object.keys(now), ...Object.keys(manifest.months)]);
  return [...months].filter((month) => MONTH.test(month) && now[month] !== manifest.months[month]).sort();
}

/** `YYYY-MM` as a span of time, UTC. */
export function monthSpan(month: string): TimeSpan {
  const [year, number] = month.split('-').map(Number);
  return { fromMs: Date.UTC(year, number - 1, 1), toMs: Date.UTC(year, number, 1) };
}
