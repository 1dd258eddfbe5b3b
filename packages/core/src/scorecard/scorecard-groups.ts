// The groups of answers that a scorecard has an entry for.
import type { AnswerId, UnscoredAnswer } from './answers.js';
import type { OutcomeLine } from './outcome-line.js';

/** Answers of one candidate and interval; null: of all bundles, in all markets. */
export interface ScorecardGroup {
  readonly candidate: string;
  readonly interval: string;
  readonly T: number;
  readonly deployName: string | null;
  readonly bundleSha256: string | null;
  readonly symbol: string | null;
  readonly outcomes: readonly OutcomeLine[];
  readonly unscored: readonly UnscoredAnswer[];
}

type Answers = Pick<ScorecardGroup, 'outcomes' | 'unscored'>;

/** Groups in the order of the scorecard: candidates by name; all bundles, then the one that answered last first; all markets, then each. */
export function groupAnswers(outcomes: readonly OutcomeLine[], unscored: readonly UnscoredAnswer[]): readonly ScorecardGroup[] {
  return partition({ outcomes, unscored }, ({ candidate, interval }) => `${candidate} ${interval}`)
    .sort(([a], [b]) => compare(a, b))
    .flatMap(([, answers]) => {
      const bundles = partition(answers, ({ deploy_name, bundle_sha256 }) => `${deploy_name} ${bundle_sha256 ?? ''}`).sort(([a, x], [b, y]) => compare(lastDay(y), lastDay(x)) || compare(b, a));
      const together = bundles.length > 1 ? markets(answers, null) : [];
      return [...together, ...bundles.flatMap(([, own]) => markets(own, firstOf(own)))];
    });
}

/** All markets where there are several, then each. `bundle`: null for all. */
function markets(answers: Answers, bundle: AnswerId | null): ScorecardGroup[] {
  const { candidate, interval, T } = firstOf(answers);
  const common = { candidate, interval, T, deployName: bundle?.deploy_name ?? null, bundleSha256: bundle?.bundle_sha256 ?? null };
  const each = partition(answers, ({ symbol }) => symbol)
    .sort(([a], [b]) => compare(a, b))
    .map(([symbol, own]): ScorecardGroup => ({ ...common, symbol, ...own }));
  return each.length > 1 ? [{ ...common, symbol: null, ...answers }, ...each] : each;
}

function partition({ outcomes, unscored }: Answers, keyOf: (answer: AnswerId) => string): [string, { outcomes: OutcomeLine[]; unscored: UnscoredAnswer[] }][] {
  const parts = new Map<string, { outcomes: OutcomeLine[]; unscored: UnscoredAnswer[] }>();
  const partOf = (answer: AnswerId): { outcomes: OutcomeLine[]; unscored: UnscoredAnswer[] } => {
    const key = keyOf(answer);
    const part = parts.get(key) ?? { outcomes: [], unscored: [] };
    parts.set(key, part);
    return part;
  };
  for (const line of outcomes) partOf(line).outcomes.push(line);
  for (const answer of unscored) partOf(answer).unscored.push(answer);
  return [...parts];
}

const firstOf = ({ outcomes, unscored }: Answers): AnswerId => outcomes[0] ?? unscored[0];

function lastDay({ outcomes, unscored }: Answers): string {
  let last = '';
  for (const { asof_date } of outcomes) if (asof_date > last) last = asof_date;
  for (const { asof_date } of unscored) if (asof_date > last) last = asof_date;
  return last;
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
