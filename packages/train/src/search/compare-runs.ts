// Two runs side by side: per candidate the scores of each, and on the bars that both predicted, how much better one is.
import { blockLengthFor, ForecastLabError, parseWalkForwardCsv, rowLogLosses, skillInterval, type SkillInterval, type WalkForwardPredictions } from '@forecastlab/core';
import type { ArtifactStore } from '@forecastlab/core/node';
import { readReport } from './read-report.js';
import { runPaths } from './run-folder.js';
import type { CandidateReport } from './search-report.js';

/** One candidate of both runs. */
export interface ComparedCandidate {
  readonly name: string;
  readonly first: CandidateReport;
  readonly second: CandidateReport;
  /** Bars that both predicted and labelled alike. */
  readonly commonRows: number;
  /** Mean log loss of each over those bars; null when there are none. */
  readonly firstLogLoss: number | null;
  readonly secondLogLoss: number | null;
  /** Log-loss skill of the second run against the first, with its 95 % interval; null without common bars. */
  readonly gain: SkillInterval | null;
  /** True when the two label bars differently: then there is nothing to compare. */
  readonly isOtherQuestion: boolean;
}

export interface RunComparison {
  readonly first: string;
  readonly second: string;
  /** In the order of the first run. */
  readonly candidates: readonly ComparedCandidate[];
  readonly onlyInFirst: readonly string[];
  readonly onlyInSecond: readonly string[];
}

/**
 * Compares two finished runs.
 * @throws BAD_FILE for a run that is not there, BAD_DATA when they have no candidate in common
 */
export async function compareRuns(store: ArtifactStore, first: string, second: string): Promise<RunComparison> {
  const [a, b] = [await readReport(store, runPaths(first).report), await readReport(store, runPaths(second).report)];
  const compared: ComparedCandidate[] = [];
  for (const candidate of a.candidates) {
    const other = b.candidates.find(({ name }) => name === candidate.name);
    if (other === undefined) continue;
    compared.push(compare(candidate, other, await readPredictions(store, first, candidate.name), await readPredictions(store, second, candidate.name), a.options.seed));
  }
  if (compared.length === 0) throw new ForecastLabError('BAD_DATA', `The runs ${first} and ${second} have no candidate in common.`);
  const names = new Set(compared.map(({ name }) => name));
  const others = (candidates: readonly CandidateReport[]): string[] => candidates.map(({ name }) => name).filter((name) => !names.has(name));
  return { first, second, candidates: compared, onlyInFirst: others(a.candidates), onlyInSecond: others(b.candidates) };
}

function compare(first: CandidateReport, second: CandidateReport, a: WalkForwardPredictions, b: WalkForwardPredictions, seed: number): ComparedCandidate {
  const [newestA, newestB] = [newestRows(a), newestRows(b)];
  const times = [...newestA.keys()].filter((time) => newestB.has(time)).sort((x, y) => x - y);
  const rowsA = times.map((time) => newestA.get(time) as number);
  const rowsB = times.map((time) => newestB.get(time) as number);
  const isOtherQuestion = rowsA.some((row, i) => a.label[row] !== b.label[rowsB[i]]);
  const empty = { name: first.name, first, second, commonRows: times.length, firstLogLoss: null, secondLogLoss: null, gain: null, isOtherQuestion };
  if (times.length === 0 || isOtherQuestion) return empty;
  const [lossesA, lossesB] = [losses(a, rowsA), losses(b, rowsB)];
  return {
    ...empty,
    firstLogLoss: meanOf(lossesA),
    secondLogLoss: meanOf(lossesB),
    gain: skillInterval(lossesB, lossesA, { blockLength: blockLengthFor(times.length, first.T), seed }),
  };
}

/** Row by open time; of overlapping folds the newest, which come later in the file. */
function newestRows({ openTimeMs }: WalkForwardPredictions): Map<number, number> {
  return new Map(Array.from(openTimeMs, (time, row) => [time, row]));
}

function losses({ label, pDown, pNeutral, pUp }: WalkForwardPredictions, rows: readonly number[]): Float64Array {
  return rowLogLosses(rows.map((row) => label[row]), Float64Array.from(rows.flatMap((row) => [pDown[row], pNeutral[row], pUp[row]])));
}

const meanOf = (values: Float64Array): number => values.reduce((sum, value) => sum + value, 0) / values.length;

async function readPredictions(store: ArtifactStore, run: string, candidate: string): Promise<WalkForwardPredictions> {
  const path = runPaths(run).file(`${candidate}/predictions.csv`);
  const file = store.describe(path);
  const bytes = await store.read(path);
  if (bytes === undefined) throw new ForecastLabError('BAD_FILE', `The run ${run} is not whole: ${file} does not exist.`, { details: { file } });
  try {
    return parseWalkForwardCsv(bytes, { file });
  } catch (cause) {
    throw new ForecastLabError('CORRUPT', `${file} is damaged.`, { hint: `Remove the run ${run} and make it again.`, details: { file }, cause });
  }
}
