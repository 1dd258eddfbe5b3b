// The loop of a contender written in TypeScript: one JSON request per line on standard input, one answer per line on
// standard output, until the input ends. peers/serve.py is the same loop for the peers.
import { writeFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import type { FeatureMatrix } from '@forecastlab/core';
import type { Job, Timing } from '../job.js';
import { CLASS_COUNT, type Problem } from '../problems/problem.js';
import { readProblem } from '../problems/problem-files.js';
import { createMemoryMeter, medianTiming, timed, timedCalls } from './measure.js';

/** What a contender can do. A model is whatever its predict understands. */
export interface Engine<Model> {
  readonly version: string;
  fit(matrix: FeatureMatrix, classIndexes: Uint8Array, job: Job, seed: number): Model | Promise<Model>;
  /** Probabilities [rows × 3], row by row. */
  predict(model: Model, columns: readonly Float64Array[], rows: number): Float64Array;
}

type Request = { readonly id: number } & (
  | { readonly command: 'load'; readonly folder: string }
  | { readonly command: 'prepare'; readonly job: Job }
  | { readonly command: 'run'; readonly seed: number }
  | { readonly command: 'score'; readonly file: string }
  | { readonly command: 'hello' | 'memory' }
);

/** Serves requests one after the other. An error is an answer, not the end. */
export function serveContender<Model>(engine: Engine<Model>): void {
  const answer = createAnswerer(engine);
  let last: Promise<void> = Promise.resolve();
  createInterface({ input: process.stdin }).on('line', (line) => {
    const request = JSON.parse(line) as Request;
    last = last.then(async () => {
      const reply = await answer(request).catch((error: unknown) => ({ error: error instanceof Error ? error.message : String(error) }));
      process.stdout.write(`${JSON.stringify({ id: request.id, ...reply })}\n`);
    });
  }).on('close', () => process.exit(0));
}

function createAnswerer<Model>(engine: Engine<Model>): (request: Request) => Promise<object> {
  const meter = createMemoryMeter();
  let problem: Problem;
  let job: Job;
  let model: Model;
  let probabilities: Float64Array | undefined;

  const run = async (seed: number): Promise<Timing> => {
    probabilities = undefined;
    if (job.action === 'fit') {
      const { timing, result } = await timed(() => engine.fit({ ...problem.train }, problem.classIndexes, job, seed)); // a new object: bins are not known yet
      model = result;
      return timing;
    }
    if (job.action === 'fit-folds') {
      const folds = await fitFolds(engine, problem, job, seed);
      probabilities = folds.probabilities;
      return folds.timing;
    }
    if (job.action === 'predict-batch') {
      const columns = repeatRows(problem.train.columns, job.predictRows);
      return (await timed(() => engine.predict(model, columns, job.predictRows))).timing;
    }
    const rows = singleRows(problem.test, job.calls);
    return timedCalls(job.calls, (call) => engine.predict(model, rows[call % rows.length], 1));
  };

  return async (request) => {
    switch (request.command) {
      case 'hello':
        return { version: engine.version };
      case 'load':
        problem = readProblem(request.folder);
        return {};
      case 'prepare':
        job = request.job;
        await warmUp();
        return {};
      case 'run':
        // no forced garbage collection: it makes V8 forget code that it has compiled, which no user's program does
        meter.start();
        return run(request.seed);
      case 'score':
        writeFileSync(request.file, probabilities ?? engine.predict(model, problem.test.columns, problem.test.length));
        return {};
      default:
        return meter.read();
    }
  };

  /** Fits on few rows; before predictions the model itself and some calls. */
  async function warmUp(): Promise<void> {
    const rows = Math.min(job.warmUpRows, problem.train.length);
    if (job.action.startsWith('fit')) {
      const endMs = performance.now() + WARM_UP_MS;
      for (let fits = 0; rows > 0 && (fits === 0 || (fits < MOST_WARM_UPS && performance.now() < endMs)); fits += 1) {
        await engine.fit(firstRows(problem.train, rows), problem.classIndexes.subarray(0, rows), job, 0);
      }
      return;
    }
    model = await engine.fit({ ...problem.train }, problem.classIndexes, job, 0);
    await run(0);
  }
}

/** Fits warm up for so long, or so many times: V8 compiles a loop well after it has seen it often. The peers do the same (serve.py). */
const WARM_UP_MS = 3000;
const MOST_WARM_UPS = 15;

async function fitFolds<Model>(engine: Engine<Model>, { train, classIndexes, folds }: Problem, job: Job, seed: number): Promise<{ timing: Timing; probabilities: Float64Array }> {
  const timings: Timing[] = [];
  const predicted: number[] = [];
  for (const { trainFrom, trainTo, testFrom, testTo } of folds) {
    const matrix = sliceRows(train, trainFrom, trainTo + 1);
    const { timing, result } = await timed(() => engine.fit(matrix, classIndexes.subarray(trainFrom, trainTo + 1), job, seed));
    timings.push(timing);
    const test = sliceRows(train, testFrom, testTo + 1);
    predicted.push(...engine.predict(result, test.columns, test.length));
  }
  if (predicted.length % CLASS_COUNT !== 0) throw new Error('A prediction must have one number per class and row.');
  return { timing: medianTiming(timings), probabilities: Float64Array.from(predicted) };
}

function sliceRows(matrix: FeatureMatrix, from: number, to: number): FeatureMatrix {
  return { names: matrix.names, columns: matrix.columns.map((column) => column.subarray(from, to)), length: to - from };
}

const firstRows = (matrix: FeatureMatrix, rows: number): FeatureMatrix => sliceRows(matrix, 0, rows);

function repeatRows(columns: readonly Float64Array[], rows: number): Float64Array[] {
  return columns.map((column) => Float64Array.from({ length: rows }, (_, row) => column[row % column.length]));
}

/** Up to 1,000 rows as tables of one row each. */
function singleRows(matrix: FeatureMatrix, calls: number): Float64Array[][] {
  return Array.from({ length: Math.min(1000, calls, matrix.length) }, (_, row) => matrix.columns.map((column) => column.slice(row, row + 1)));
}
