// Cost against size: rows, features and threads, one varied at a time. The slope says with which power the cost grows.
import { availableParallelism } from 'node:os';
import type { BenchOptions } from './bench-options.js';
import type { Line } from './compare.js';
import { type Contender, CONTENDERS, oursWithThreads } from './contenders.js';
import { findContenders } from './find-contenders.js';
import { formatNumber, formatSpread, formatTable } from './format-report.js';
import { type Job, STANDARD_JOB } from './job.js';
import { runTaskOn, type RunBenchmarkOptions } from './run-benchmark.js';
import type { LeftOut } from './run-task.js';
import { logSlope } from './statistics.js';

/** One fit of one contender at one size. */
export interface ScalingPoint {
  readonly factor: 'rows' | 'features' | 'threads';
  readonly model: Job['model'];
  readonly size: number;
  readonly line: Line;
}

export interface Scaling {
  readonly points: readonly ScalingPoint[];
  readonly leftOut: readonly LeftOut[];
}

const ROWS = [1000, 3000, 10_000, 30_000, 100_000, 300_000];
const LARGE_ROWS = 1_000_000;
const FEATURES = [5, 10, 20, 50, 100, 200, 500];
const THREADS = [1, 2, 4, 8, 16];
/** What stays the same while another factor varies. */
const FIXED = { rows: 10_000, features: 50, threadRows: 100_000 };
/** Fewer rounds and trees than the tasks have: the cost per round is what is asked for. */
const JOB: Job = { ...STANDARD_JOB, rounds: 20, trees: 20 };
const MODELS = ['gbdt', 'forest'] as const;

/** Measures every size; `--large` adds a million rows, `--quick` leaves out what takes long. */
export async function runScaling(bench: BenchOptions, options: RunBenchmarkOptions): Promise<Scaling> {
  const largest = bench.isQuick ? 30_000 : 300_000;
  const rows = [...ROWS.filter((size) => size <= largest), ...(bench.isLarge ? [LARGE_ROWS] : [])];
  const features = FEATURES.filter((size) => !bench.isQuick || size <= 100);
  const single = CONTENDERS.filter(({ threads = 1, name }) => threads === 1 && name !== 'ml-random-forest' && (bench.contenders.length === 0 || bench.contenders.includes(name)));
  const points: ScalingPoint[] = [];
  const leftOut: LeftOut[] = [];
  const measure = async (factor: ScalingPoint['factor'], model: Job['model'], size: number, shape: { rows: number; width: number }, contenders: readonly Contender[]): Promise<void> => {
    const { found, missing } = findContenders(contenders, bench);
    const problem = { kind: 'generated' as const, testRows: 2000, seed: 1, ...shape };
    const title = `${model}, ${shape.rows} × ${shape.width}`;
    const task = { name: title, title, problem, job: { ...JOB, model }, contenders: contenders.map(({ name }) => name), measure: 'cpu' as const, rounds: bench.repeat ?? 1, goals: {}, timeoutSeconds: 3600 };
    const result = await runTaskOn(task, found, options);
    if (typeof result === 'string') throw new Error(result); // generated problems are always there
    points.push(...result.lines.map((line) => ({ factor, model, size, line })));
    leftOut.push(...missing, ...result.leftOut);
  };
  for (const model of MODELS) {
    const contenders = single.filter(({ name }) => (model === 'gbdt' ? name !== 'sklearn-forest' : name === 'ours' || name === 'sklearn-forest'));
    for (const size of rows) await measure('rows', model, size, { rows: size, width: FIXED.features }, contenders);
    for (const size of features) await measure('features', model, size, { rows: FIXED.rows, width: size }, contenders);
    for (const size of THREADS.filter((threads) => threads <= availableParallelism())) {
      await measure('threads', model, size, { rows: FIXED.threadRows, width: FIXED.features }, [oursWithThreads(size)]);
    }
  }
  return { points, leftOut: leftOut.filter((one, index) => leftOut.findIndex((other) => other.name === one.name && other.reason === one.reason) === index) };
}

/** One table per factor and model: sizes down, contenders across, and the slope of each in the last line. */
export function formatScaling({ points, leftOut }: Scaling): string {
  const lines: string[] = [];
  for (const model of MODELS) {
    for (const factor of ['rows', 'features', 'threads'] as const) {
      const own = points.filter((point) => point.factor === factor && point.model === model);
      if (own.length > 0) lines.push(...formatFactor(model, factor, own), '');
    }
  }
  if (leftOut.length > 0) lines.push('Left out:', '', ...leftOut.map(({ title, reason }) => `- ${title}: ${reason}`), '');
  return lines.join('\n');
}

function formatFactor(model: string, factor: ScalingPoint['factor'], points: readonly ScalingPoint[]): string[] {
  const sizes = [...new Set(points.map(({ size }) => size))];
  if (factor === 'threads') {
    return [
      `${model}, ${JOB.rounds} rounds or trees, ${FIXED.threadRows} × ${FIXED.features}:`,
      '',
      ...formatTable([factor, 'CPU s', 'wall s', 'wall of one thread ÷ wall'], points.map(({ size, line }) => [String(size), formatSpread(line.cpu), formatSpread(line.wall), formatNumber(points[0].line.wall.median / line.wall.median)])),
    ];
  }
  const titles = [...new Set(points.map(({ line }) => line.title))];
  const ofTitle = (title: string): ScalingPoint[] => points.filter(({ line }) => line.title === title);
  const cell = (title: string, size: number): string => {
    const found = ofTitle(title).find((point) => point.size === size);
    return found === undefined ? '' : formatSpread(found.line.cpu);
  };
  return [
    `${model}, ${JOB.rounds} rounds or trees, ${factor === 'rows' ? `${FIXED.features} features` : `${FIXED.rows} rows`}, CPU seconds:`,
    '',
    ...formatTable([factor, ...titles], [
      ...sizes.map((size) => [String(size), ...titles.map((title) => cell(title, size))]),
      ['slope', ...titles.map((title) => formatSlope(ofTitle(title)))],
    ]),
  ];
}

/** One point has no slope. */
function formatSlope(points: readonly ScalingPoint[]): string {
  return points.length < 2 ? '–' : formatNumber(logSlope(points.map(({ size, line }) => ({ x: size, y: line.cpu.median }))));
}
