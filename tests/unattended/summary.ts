// What was simulated, and what came of it, counted.
import type { Judge } from './judge.js';

export interface Summary {
  readonly days: number;
  readonly seed: number;
  /** UTC dates of which a prediction is due, oldest first. */
  readonly due: readonly string[];
  /** By kind. */
  readonly faults: Readonly<Record<string, number>>;
  readonly recoveries: Readonly<Record<string, number>>;
  readonly predictions: number;
  readonly backfilled: number;
  /** Answers of which the outcome is known, two a day. */
  readonly outcomes: number;
  readonly problems: readonly string[];
  readonly elapsedMs: number;
  readonly folder: string | undefined;
}

export interface OpenSummary {
  readonly due: string[];
  count(fault: string): void;
  recover(how: string): void;
  finish(end: { readonly judge: Judge; readonly outcomes: number; readonly elapsedMs: number; readonly folder: string | undefined }): Summary;
}

export function createSummary({ days, seed }: { readonly days: number; readonly seed: number }): OpenSummary {
  const due: string[] = [];
  const [faults, recoveries] = [new Map<string, number>(), new Map<string, number>()];
  const more = (counts: Map<string, number>, kind: string, by = 1): void => void (by > 0 && counts.set(kind, (counts.get(kind) ?? 0) + by));
  return {
    due,
    count: (fault) => more(faults, fault),
    recover: (how) => more(recoveries, how),
    finish: ({ judge, outcomes, elapsedMs, folder }) => {
      more(recoveries, 'damaged prediction: the very same again', judge.mended.same);
      more(recoveries, 'damaged prediction: made anew', judge.mended.anew);
      more(recoveries, 'made late, and marked so', judge.backfilled.size);
      return { days, seed, due, faults: sorted(faults), recoveries: sorted(recoveries), predictions: judge.kept.size, backfilled: judge.backfilled.size, outcomes, problems: judge.problems, elapsedMs, folder };
    },
  };
}

const sorted = (counts: ReadonlyMap<string, number>): Record<string, number> => Object.fromEntries([...counts].sort(([a], [b]) => (a < b ? -1 : 1)));

/** The summary as people read it. */
export function formatSummary({ days, seed, faults, recoveries, predictions, outcomes, due, problems, elapsedMs }: Summary): string {
  const total = Object.values(faults).reduce((sum, count) => sum + count, 0);
  const list = (counts: Readonly<Record<string, number>>): string[] => Object.entries(counts).map(([kind, count]) => `${String(count).padStart(6)}  ${kind}`);
  return [
    `${days} days, seed ${seed}: ${predictions} predictions of ${due.length} days that were due, ${outcomes} outcomes, ${total} faults, ${problems.length} problems, ${(elapsedMs / 1000).toFixed(1)} s`,
    'faults',
    ...list(faults),
    'recoveries',
    ...list(recoveries),
    ...(problems.length === 0 ? [] : ['PROBLEMS', ...problems.map((text) => `  ${text}`)]),
    '',
  ].join('\n');
}
