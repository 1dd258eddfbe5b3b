// Made-up search reports for tests and for looking at: every situation that a reader may meet. Seeded, no clock, no files.
import { type BaselineScores, createRandom, formatCandidate, type Random, type Scores, volatilityCandidateOf } from '@forecastlab/core';
import type { CandidateReport, SearchReport } from '../../search/search-report.js';

export type Situation = 'no-skill' | 'skill' | 'chance' | 'flawed' | 'unpurged' | 'failures' | 'all-failed' | 'single' | 'scattered' | 'short' | 'synthetic' | 'second-stage' | 'hostile' | 'large' | 'volatility';

export const SITUATIONS: readonly Situation[] = ['no-skill', 'skill', 'chance', 'flawed', 'unpurged', 'failures', 'all-failed', 'single', 'scattered', 'short', 'synthetic', 'second-stage', 'hostile', 'large', 'volatility'];

/** Text that tries to be markup, a terminal command, a table cell and a turned-round name. */
export const HOSTILE = `<script>alert('x')</script>"&amp;|\`**_a_**\`[x](javascript:x)\u001b[31m\u202e\n# ''>`;

const DAY_MS = 86_400_000;
const FIRST_MS = Date.UTC(2018, 0, 1);
const GRID: readonly (readonly [number, number])[] = [7, 10, 14, 21].flatMap((T) => [0.06, 0.08, 0.1, 0.12, 0.15].map((X) => [T, X] as const));

/** A report of one situation. */
export function searchReportFixture(situation: Situation): SearchReport {
  const random = createRandom(11, SITUATIONS.indexOf(situation));
  const isFlawed = situation === 'flawed' || situation === 'unpurged';
  const isSynthetic = situation === 'synthetic';
  const level = { skill: 0.05, synthetic: 0.3, flawed: 0.55, unpurged: 0.2, chance: -0.01 }[situation as string] ?? -0.05;
  const questions = questionsOf(situation);
  const candidates = questions.map(([T, X, V], i) => {
    const skill = situation === 'skill' && i % 4 !== 1 ? -0.02 - 0.01 * random.next() : situation === 'chance' && i === 7 ? 0.031 : level * (0.7 + 0.6 * random.next());
    return candidateOf({ T, X, V, skill, folds: situation === 'short' ? 1 : situation === 'large' ? 63 : 42, isShort: situation === 'short', isFlawed, tries: questions.length, random });
  });
  const skilled = candidates.filter((candidate) => candidate.hasSkill).map(({ name }) => name);
  const earlier = situation === 'second-stage' ? [{ run: 'stage-1', candidates: 20 }, { run: 'stage-1-forest', candidates: 20 }] : [];
  return {
    schema: 'forecastlab.search/1',
    run: situation === 'hostile' ? HOSTILE : `run-${situation}`,
    market: {
      symbol: situation === 'hostile' ? HOSTILE : isSynthetic ? 'SAMPLEUSDT' : 'BTCUSDT',
      interval: '1d',
      source: isSynthetic ? 'sample' : 'file',
      isSynthetic,
      file: situation === 'hostile' ? HOSTILE : isSynthetic ? 'binance_SAMPLEUSDT_1d.csv' : 'binance_BTCUSDT_1d.csv',
      fingerprint: 'b3d7f1a09c55e2d47780a1c6f2e4983c0d15aa7be46f3921c8e0571fd2b69a34',
      bars: 2880,
      firstOpenMs: FIRST_MS,
      lastOpenMs: FIRST_MS + 2879 * DAY_MS,
    },
    options: {
      features: 'flow',
      model: 'gbdt',
      params: situation === 'hostile' ? { note: HOSTILE } : situation === 'single' ? { numLeaves: 15, learningRate: 0.05 } : {},
      classWeights: 'none',
      sampleWeights: 'none',
      calibration: situation === 'skill' ? 'sigmoid' : 'none',
      labelOptions: { window: situation === 'flawed' ? 'trailing' : 'forward', tieBreak: situation === 'flawed' ? 'upswing' : 'first-touch', touch: 'close' },
      isPurged: situation !== 'unpurged',
      embargo: 0,
      initTrain: 1500,
      oosWindow: 63,
      step: 21,
      refitEvery: null,
      window: 'expanding',
      trainWindow: null,
      shuffledFolds: 4,
      rankBy: situation === 'flawed' ? 'f1' : 'skill',
      from: situation === 'second-stage' ? 'stage1' : null,
      seed: 42,
    },
    flaws: flawsOf(situation),
    warnings: situation === 'hostile' ? [HOSTILE] : situation === 'failures' ? ['12 bars have no trades; their features are missing.'] : [],
    trials: { here: questions.length, earlier, total: questions.length + earlier.reduce((sum, { candidates: tried }) => sum + tried, 0) },
    candidates,
    failures: failuresOf(situation),
    verdict: { hasSkill: skilled.length > 0 && !isFlawed, sentence: sentenceOf(candidates, skilled, isFlawed), skilled: isFlawed ? [] : skilled },
  };
}

/** [T, X, V]: where there is V, X stands for the size of that barrier at the test bars. */
function questionsOf(situation: Situation): readonly (readonly [number, number, number?])[] {
  if (situation === 'volatility') return [7, 14].flatMap((T) => [[T, 0.08], [T, 0.1], [T, 0.09, 1], [T, 0.1234, 1.5], [T, 0.18, 2]] as const);
  if (situation === 'all-failed') return [];
  if (situation === 'single' || situation === 'hostile') return [[21, 0.08]];
  if (situation === 'scattered') return [[7, 0.06], [14, 0.085], [21, 0.1], [30, 0.12], [45, 0.2]];
  if (situation === 'second-stage' || situation === 'short') return [[21, 0.08], [21, 0.1], [14, 0.08]];
  if (situation === 'failures') return GRID.filter((_, i) => i % 10 !== 4);
  return GRID;
}

function failuresOf(situation: Situation): SearchReport['failures'] {
  if (situation === 'hostile') return [{ candidate: HOSTILE, message: HOSTILE, hint: HOSTILE }];
  if (situation === 'all-failed') return [{ candidate: 'T21_X8', message: 'Too few labelled rows for an evaluation: 80, with T = 21 at least 142 are needed.', hint: 'Give more bars or a shorter horizon.' }];
  if (situation !== 'failures') return [];
  return [
    { candidate: 'T7_X15', message: 'Fold 3 has only one class in its 1563 training rows: no bar falls by 15 % within 7 bars.', hint: 'Leave this candidate away, or give more bars with --init-train.' },
    { candidate: 'T14_X15', message: 'The worker ended before it answered.', hint: null },
  ];
}

function flawsOf(situation: Situation): readonly string[] {
  if (situation === 'flawed') return ['The labels look back: nearly all of each is known at the bar it belongs to, so these scores mean nothing about forecasting.'];
  if (situation === 'unpurged') return ['Training rows whose labels reach into the test rows were kept, so the model has seen part of the answers.'];
  return [];
}

function sentenceOf(candidates: readonly CandidateReport[], skilled: readonly string[], isFlawed: boolean): string {
  if (candidates.length === 0) return 'No measurable skill: every candidate failed, so nothing is known.';
  if (skilled.length === 0) return `No measurable skill: ${candidates.length === 1 ? 'the candidate does not beat' : `none of ${candidates.length} candidates beats`} its baselines by more than chance.`;
  return `${isFlawed ? 'No measurable' : 'Measurable'} skill: ${skilled.length} of ${candidates.length} candidates score above their baselines.`;
}

interface Draft {
  readonly T: number;
  readonly X: number;
  readonly V?: number | undefined;
  readonly skill: number;
  readonly folds: number;
  readonly isShort: boolean;
  readonly isFlawed: boolean;
  readonly tries: number;
  readonly random: Random;
}

function candidateOf({ T, X, V, skill, folds, isShort, isFlawed, tries, random }: Draft): CandidateReport {
  const rows = isShort ? 40 : folds * 21 + 42;
  const priorLoss = 1.02 + 0.06 * random.next();
  const baselines: BaselineScores[] = [
    { name: 'prior', scores: scoresOf(rows, priorLoss, random) },
    { name: 'recent', scores: scoresOf(rows, priorLoss * (0.99 + 0.04 * random.next()), random) },
    { name: 'last-label', scores: scoresOf(rows, priorLoss * (1 + 0.03 * random.next()), random) },
    { name: 'look-back', scores: scoresOf(rows, priorLoss * (1.005 + 0.03 * random.next()), random) },
    { name: 'random', scores: scoresOf(rows, priorLoss, random) },
    { name: 'equal-chances', scores: scoresOf(rows, 1.0986, createRandom(5)) },
    { name: 'shuffled-labels', scores: scoresOf(Math.min(rows, 126), priorLoss * 1.04, createRandom(6)) },
  ];
  const best = baselines.reduce((a, b) => ((b.scores.logLoss ?? 9) < (a.scores.logLoss ?? 9) ? b : a));
  const bestLoss = best.scores.logLoss ?? priorLoss;
  const loss = priorLoss * (1 - skill);
  const half = 0.014 + 0.012 * random.next();
  const interval = (value: number, width: number): CandidateReport['skill'] => ({ skill: value, interval: isShort ? null : [value - 1.1 * width, value + width], blockLength: 2 * T, rows });
  const isAbove = skill - 1.1 * half > 0;
  const pValue = isShort ? null : isAbove ? (skill < 0.04 ? 0.0125 : 0.0004) : 0.4 + 0.5 * random.next();
  const adjusted = pValue === null ? null : Math.min(1, pValue * (pValue < 0.01 ? 2 : tries));
  const hasSkill = isAbove && !isFlawed && adjusted !== null && adjusted < 0.05;
  const counts = [0.3 + 0.1 * random.next(), 0.25 + 0.1 * random.next()].map((share) => Math.round(share * rows));
  const name = V === undefined ? formatCandidate(T, X) : volatilityCandidateOf(T, V).name;
  return {
    name,
    T,
    ...(V === undefined ? { X } : { V, barrier: { mean: 1.1 * X, median: X } }),
    folds,
    firstTestMs: FIRST_MS + 1500 * DAY_MS,
    lastTestMs: FIRST_MS + (1499 + rows) * DAY_MS,
    classCounts: [counts[0], counts[1], rows - counts[0] - counts[1]],
    medians: { precision: 0.2 + 0.1 * random.next(), recall: 0.3 + 0.05 * random.next(), f1: (isFlawed ? 0.7 : 0.2) + 0.1 * random.next(), accuracy: 0.3 + 0.2 * random.next(), balancedAccuracy: 0.33 + 0.03 * random.next(), logLoss: loss + 0.02 * random.next() },
    pooled: scoresOf(rows, loss, random),
    baselines,
    bestBaseline: best.name,
    skill: interval(skill, half),
    skillAgainstBest: interval(1 - loss / bestLoss, half * 1.05),
    brierSkill: interval(skill * 0.9, half * 1.1),
    pValue,
    adjustedPValue: adjusted,
    hasSkill,
    sentence: `${hasSkill ? 'Measurable' : 'No measurable'} skill: log loss ${loss.toFixed(3)} against ${priorLoss.toFixed(3)} for class shares.`,
    reliability: isShort ? [] : [0, 1, 2].map((classIndex) => ({ classIndex, bins: binsOf(skill, rows, random) })),
    stability: Array.from({ length: folds }, (_, fold) => ({
      testStartMs: FIRST_MS + (1500 + 21 * fold) * DAY_MS,
      testEndMs: FIRST_MS + (1562 + 21 * fold) * DAY_MS,
      f1: 0.15 + 0.25 * random.next(),
      logLoss: loss + 0.1 * random.normal(),
      skill: skill + 0.08 * random.normal() - (fold % 17 === 5 ? 0.5 : 0),
    })),
  };
}

function scoresOf(rows: number, logLoss: number, random: Random): Scores {
  const cell = Math.floor(rows / 9);
  const counts = [rows - 8 * cell, cell, cell, cell, cell, cell, cell, cell, cell];
  const precision = 0.25 + 0.1 * random.next();
  const recall = 0.3 + 0.05 * random.next();
  return { accuracy: 0.3 + 0.1 * random.next(), precision, recall, f1: 0.2 + 0.1 * random.next(), balancedAccuracy: recall, confusion: [counts.slice(0, 3), counts.slice(3, 6), counts.slice(6)], rows, predictedCounts: [rows - 6 * cell, 3 * cell, 3 * cell], logLoss, brier: logLoss * 0.6 };
}

function binsOf(skill: number, rows: number, random: Random): CandidateReport['reliability'][number]['bins'] {
  return Array.from({ length: 10 }, (_, bin) => {
    const meanProbability = 0.05 + 0.085 * bin + 0.02 * random.next();
    const honest = skill > 0 ? meanProbability : 0.33 + 0.12 * (meanProbability - 0.33);
    const observedShare = Math.min(1, Math.max(0, honest + 0.03 * random.normal()));
    return { meanProbability, observedShare, low: Math.max(0, observedShare - 0.11), high: Math.min(1, observedShare + 0.12), rows: Math.floor(rows / 10) };
  });
}
