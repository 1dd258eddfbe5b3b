// How long it takes to fit trees of the size that a search fits by the thousand, on one thread.
// Run: npx tsx tests/benchmarks/trees.bench.ts [REPETITIONS] (default 15)
// Processor time, the sizes in turn, so that a busy machine disturbs all of them alike.
import { createRandom, type FeatureMatrix, fitBoosting, fitForest } from '@forecastlab/core';

const REPETITIONS = Number(process.argv[2] ?? 15);
const SIZES = [[1500, 6], [2800, 6], [1500, 20], [2800, 20]] as const;
const CLASSES = 3;

/** Normal features and three classes of about equal size that the first two features tell something about. */
function problem(rows: number, width: number): { matrix: FeatureMatrix; classIndexes: Uint8Array } {
  const random = createRandom(rows, width);
  const columns = Array.from({ length: width }, () => Float64Array.from({ length: rows }, () => random.normal()));
  const classIndexes = Uint8Array.from({ length: rows }, (_, row) => {
    const score = columns[0][row] - columns[1][row] + 2 * random.normal();
    return score < -1 ? 0 : score > 1 ? 2 : 1;
  });
  return { matrix: { names: columns.map((_, i) => `f${i}`), columns, length: rows }, classIndexes };
}

const fits = {
  'boosting, 100 rounds, 31 leaves': ({ matrix, classIndexes }: ReturnType<typeof problem>) => fitBoosting(matrix, classIndexes, { classes: CLASSES }),
  'forest, 100 trees': ({ matrix, classIndexes }: ReturnType<typeof problem>) => fitForest(matrix, classIndexes, { classes: CLASSES, seed: 1 }),
};

for (const [name, fit] of Object.entries(fits)) {
  const cases = SIZES.map(([rows, width]) => ({ label: `${rows} × ${width}`, data: problem(rows, width), times: [] as number[], shared: [] as number[] }));
  for (let repetition = 0; repetition <= REPETITIONS; repetition += 1) {
    for (const { data, times, shared } of cases) {
      const own = { ...data, matrix: { ...data.matrix } }; // another object: bins and ranks are not known yet
      for (const [given, into] of [[own, times], [own, shared]] as const) {
        const start = process.cpuUsage();
        fit(given);
        const { user, system } = process.cpuUsage(start);
        if (repetition > 0) into.push((user + system) / 1000); // the first run warms up
      }
    }
  }
  for (const { label, times, shared } of cases) {
    console.log(`${name.padEnd(32)} ${label.padEnd(10)} median ${median(times).toFixed(0)} ms, best ${Math.min(...times).toFixed(0)} ms; a second fit on the same matrix: median ${median(shared).toFixed(0)} ms`);
  }
}

function median(numbers: readonly number[]): number {
  return [...numbers].sort((a, b) => a - b)[numbers.length >> 1];
}
