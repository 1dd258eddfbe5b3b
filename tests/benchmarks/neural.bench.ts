// How long the neural kinds take to fit and to predict, how large their documents are, and what they are worth beside the prior:
// flow features, T14_X8, the last 570 rows test, those up to 14 before them train.
// Run: npx tsx tests/benchmarks/neural.bench.ts KLINES.csv [BACKENDS] (default wasm,cpu)
// Processor time, so that a busy machine disturbs little; native threads of tfjs-node count too.
import { resolve } from 'node:path';
import { buildTrainingTable, type Classifier, createNeuralKinds, fitClassifier, logLoss, parseCandidates, prepareKlines, restoreClassifier, type TrainingData, trainingRows } from '@forecastlab/core';
import { loadTfjs, readKlinesFile, type TfjsBackend } from '@forecastlab/core/node';

const { parsed } = await readKlinesFile(resolve(process.argv[2] ?? 'klines.csv'), {});
const { klines } = prepareKlines(parsed, { serverTimeMs: Date.now(), lastBar: 'check' });
const [candidate] = parseCandidates('T14_X8');
const rows = trainingRows(buildTrainingTable(klines, { features: 'flow', candidates: [candidate], labelOptions: { tieBreak: 'upswing' } }), candidate);
const part = (from: number, to: number): TrainingData => ({
  features: { names: rows.features.names, columns: rows.features.columns.map((column) => column.slice(from, to)), length: to - from },
  labels: rows.labels.slice(from, to),
});
const testBegin = rows.labels.length - 570;
const [train, test] = [part(0, testBegin - 14), part(testBegin, rows.labels.length)];
const lossOf = (model: Classifier): string => logLoss(test.labels, model.predictProba(test.features)).toFixed(4);

function cpuMs(work: () => void): number {
  const start = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000;
}

console.log(`log loss of the prior ${lossOf(fitClassifier('prior', train, { seed: 1 }))}, of logistic ${lossOf(fitClassifier('logistic', train, { seed: 1 }))}`);
for (const backend of (process.argv[3] ?? 'wasm,cpu').split(',') as TfjsBackend[]) {
  const kinds = createNeuralKinds(await loadTfjs({ backends: [backend] }));
  for (const [params, words] of [[{ validationGap: 14 }, 'defaults'], [{ patience: 0, epochs: 10 }, '10 epochs']] as const) {
    for (const kind of [kinds.mlp, kinds.gru]) {
      const started = performance.now();
      const fitted: Classifier[] = [];
      const fitMs = cpuMs(() => fitted.push(fitClassifier(kind, train, { seed: 1, params })));
      const wallMs = performance.now() - started;
      const text = JSON.stringify(fitted[0].serialize());
      const { epochs, bestEpoch } = JSON.parse(text).training as { epochs: number; bestEpoch: number };
      const restored = restoreClassifier(JSON.parse(text));
      for (let i = 0; i < 5; i += 1) restored.predictProba(train.features); // warm
      const predictMs = cpuMs(() => restored.predictProba(train.features));
      console.log(`${backend.padEnd(10)} ${kind.kind} ${words.padEnd(9)}: fit ${(fitMs / 1000).toFixed(1)} s of processor, ${(wallMs / 1000).toFixed(1)} s by the clock (${epochs} epochs, best ${bestEpoch}); log loss ${lossOf(restored)}; ${((1000 * predictMs) / train.labels.length).toFixed(1)} µs a row; ${(text.length / 1000).toFixed(1)} kB`);
    }
  }
}
