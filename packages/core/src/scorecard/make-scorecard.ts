// The live scorecard from outcomes: pure, so that the same outcomes give the same bytes.
import type { UnscoredAnswer } from './answers.js';
import { compareLive } from './compare-live.js';
import { combineExpectations, type Expectation } from './expectation.js';
import { inOrder, type LiveRows, liveRows, overlappingDays } from './live-rows.js';
import { liveScores } from './live-scores.js';
import type { OutcomeLine } from './outcome-line.js';
import { type LiveCounts, type LiveScores, SCORECARD_SCHEMA, type Scorecard, type ScorecardEntry } from './scorecard.js';
import { groupAnswers, type ScorecardGroup } from './scorecard-groups.js';
import { scorecardSentence } from './scorecard-sentence.js';

export interface ScorecardInput {
  /** The line that counts for each answer (latestOutcomes). */
  readonly outcomes: readonly OutcomeLine[];
  readonly unscored: readonly UnscoredAnswer[];
  /** Newest closed bar of each market. */
  readonly newestBars: Scorecard['newest_bars'];
  /** What a bundle leads to expect of a candidate in some markets; undefined when it is not known. */
  expectationOf(bundleSha256: string, candidate: string, symbols: readonly string[]): Expectation | undefined;
}

/** What a scorecard asks of its input: the expectation of one bundle and candidate in some markets. */
export interface WantedExpectation {
  readonly bundleSha256: string;
  readonly deployName: string;
  readonly candidate: string;
  /** In order. */
  readonly symbols: readonly string[];
}

/** Everything that makeScorecard will ask `expectationOf` for, each once, so that it can be made ready before. */
export function wantedExpectations(outcomes: readonly OutcomeLine[], unscored: readonly UnscoredAnswer[]): readonly WantedExpectation[] {
  const wanted = new Map<string, WantedExpectation>();
  for (const group of groupAnswers(outcomes, unscored)) {
    for (const { bundleSha256, deployName, symbols } of wantedBy(expectationLines(group), group)) {
      wanted.set(`${bundleSha256} ${group.candidate} ${symbols.join(',')}`, { bundleSha256, deployName, candidate: group.candidate, symbols });
    }
  }
  return [...wanted.values()];
}

/** The scorecard: by candidate, all bundles first where there are several, then each; of each all markets first where there are several. */
export function makeScorecard(input: ScorecardInput): Scorecard {
  // once for all groups: each holds its lines in this order
  const groups = groupAnswers(inOrder(input.outcomes), input.unscored);
  const newest = Object.entries(input.newestBars).sort(([a], [b]) => (a < b ? -1 : 1));
  return { schema: SCORECARD_SCHEMA, newest_bars: Object.fromEntries(newest), entries: groups.map((group) => describeGroup(group, input)) };
}

function describeGroup(group: ScorecardGroup, input: ScorecardInput): ScorecardEntry {
  const { candidate, interval, T, outcomes, unscored } = group;
  const fair = outcomes.filter((line) => line.fair);
  const onTime = fair.filter(isOnTime);
  const late = fair.filter((line) => !isOnTime(line));
  const expectation = expectedOf(expectationLines(group), group, input);
  const rows = onTime.length === 0 ? null : liveRows(onTime);
  const scores = scoresOf(rows);
  const entry: Omit<ScorecardEntry, 'sentence'> = {
    candidate,
    interval,
    T,
    deploy_name: group.deployName,
    bundle_sha256: group.bundleSha256,
    symbol: group.symbol,
    symbols: symbolsOf(group),
    synthetic: outcomes.some((line) => line.synthetic) || unscored.some((answer) => answer.synthetic),
    counts: countsOf(group, onTime.length, late.length),
    on_time: scores,
    late: scoresOf(late.length === 0 ? null : liveRows(late)),
    expected: expectation?.scores ?? null,
    comparison: rows === null || scores === null || expectation === undefined ? null : compareLive(rows, scores, expectation),
  };
  return { ...entry, sentence: scorecardSentence(entry, overlappingDays({ T, interval })) };
}

function symbolsOf({ outcomes, unscored }: ScorecardGroup): readonly string[] {
  const symbols = new Set<string>();
  for (const { symbol } of outcomes) symbols.add(symbol);
  for (const { symbol } of unscored) symbols.add(symbol);
  return [...symbols].sort();
}

/** An answer that was made later, or that took the place of an earlier one, may have been made knowing more. */
const isOnTime = ({ backfilled, replaced }: OutcomeLine): boolean => !backfilled && replaced !== true;

function scoresOf(rows: LiveRows | null): LiveScores | null {
  return rows === null ? null : liveScores(rows);
}

/** The lines whose bundles and markets tell what to expect. */
function expectationLines({ outcomes }: ScorecardGroup): readonly OutcomeLine[] {
  const onTime = outcomes.filter((line) => line.fair && isOnTime(line));
  return onTime.length > 0 ? onTime : outcomes.filter((line) => line.fair);
}

/** Each bundle behind some lines, its markets, and how many of the lines are its. Without lines: the bundle of the group. */
function wantedBy(lines: readonly OutcomeLine[], group: ScorecardGroup): readonly (Omit<WantedExpectation, 'candidate'> & { readonly rows: number })[] {
  const bundles = new Map<string, { rows: number; deployName: string; symbols: Set<string> }>();
  for (const { bundle_sha256, deploy_name, symbol } of lines) {
    const bundle = bundles.get(bundle_sha256) ?? { rows: 0, deployName: deploy_name, symbols: new Set<string>() };
    bundle.rows += 1;
    bundle.symbols.add(symbol);
    bundles.set(bundle_sha256, bundle);
  }
  if (bundles.size > 0) return [...bundles].map(([bundleSha256, { rows, deployName, symbols }]) => ({ bundleSha256, deployName, symbols: [...symbols].sort(), rows }));
  const { bundleSha256, deployName, symbol } = group;
  return bundleSha256 === null ? [] : [{ bundleSha256, deployName: deployName ?? '', symbols: symbol === null ? [] : [symbol], rows: 1 }];
}

/** Of all bundles: known when that of each is. */
function expectedOf(lines: readonly OutcomeLine[], group: ScorecardGroup, { expectationOf }: ScorecardInput): Expectation | undefined {
  const parts: { readonly expectation: Expectation; readonly rows: number }[] = [];
  for (const { bundleSha256, symbols, rows } of wantedBy(lines, group)) {
    const expectation = expectationOf(bundleSha256, group.candidate, symbols);
    if (expectation === undefined) return undefined;
    parts.push({ expectation, rows });
  }
  return parts.length === 0 ? undefined : combineExpectations(parts);
}

function countsOf({ outcomes, unscored }: ScorecardGroup, onTime: number, late: number): LiveCounts {
  const count = (wanted: UnscoredAnswer['status']): number => unscored.filter(({ status }) => status === wanted).length;
  return {
    on_time: onTime,
    late,
    not_fair: outcomes.length - onTime - late + count('not-fair'),
    missing: count('missing'),
    pending: count('pending'),
    touched_early: count('touched-early'),
    unknowable: count('unknowable'),
  };
}
