// How long exact SHAP values take: one row of all classes as the daily prediction asks for it, and many rows at once.
// Run: npx esbuild tests/benchmarks/explain.bench.ts --bundle --platform=node --format=esm --alias:@forecastlab/core=./packages/core/src/index.ts | node --input-type=module
// (bundled: tsx marks every inner function with its name, which costs more than the work). Processor time, best and median of 15.
import { createRandom, explainRows, type FeatureMatrix, fitBoosting, fitForest, treeShap } from '@forecastlab/core';

const REPETITIONS = 15;
const BATCH_ROWS = 200;
const CLASSES = 3;
const random = createRandom(8);
const columns = Array.from({ length: 20 }, () => Float64Array.from({ length: 2300 }, () => random.normal()));
const matrix: FeatureMatrix = { names: columns.map((_, i) => `f${i}`), columns, length: 2300 };
const classIndexes = Uint8Array.from({ length: 2300 }, (_, row) => {
  const score = columns[0][row] - columns[1][row] + random.normal() / 2;
  return score < -0.5 ? 0 : score > 0.5 ? 2 : 1;
});
const ensembles = {
  'boosting, 300 trees, 31 leaves': fitBoosting(matrix, classIndexes, { classes: CLASSES }).trees,
  'forest, 100 trees without limit': fitForest(matrix, classIndexes, { classes: CLASSES, seed: 1 }).trees,
};
const firstRows = columns.map((column) => column.subarray(0, BATCH_ROWS));

for (const [name, trees] of Object.entries(ensembles)) {
  const row = Float64Array.from(columns, (column) => column[0]);
  const single = (): void => {
    for (let k = 0; k < CLASSES; k += 1) treeShap(trees, row, k, CLASSES);
  };
  console.log(`${name} (${trees.features.length} nodes), ms for all classes of a row: one row ${time(single, 20)}; of ${BATCH_ROWS} at once ${time(() => explainRows(trees, firstRows, BATCH_ROWS, CLASSES), 1, BATCH_ROWS)}`);
}

function time(run: () => unknown, calls: number, rows = 1): string {
  const times = Array.from({ length: REPETITIONS + 1 }, () => {
    const start = process.cpuUsage();
    for (let call = 0; call < calls; call += 1) run();
    const { user, system } = process.cpuUsage(start);
    return (user + system) / 1000 / calls / rows;
  }).slice(1); // the first run warms up
  times.sort((a, b) => a - b);
  return `median ${times[times.length >> 1].toFixed(2)}, best ${times[0].toFixed(2)}`;
}
