// From klines to probabilities and an honest verdict. Run it with: node examples/first-forecast.mjs
import * as lab from '@forecastlab/core';

const klines = lab.generateSampleMarket({ seed: 7, startMs: Date.UTC(2018, 0), endMs: Date.UTC(2025, 0) }); // synthetic
const candidate = lab.parseCandidate('T21_X8'); // within 21 bars: first 8 % down (-1), first 8 % up (+1), or neither (0)?
const table = lab.buildTrainingTable(klines, { features: 'flow', candidates: [candidate] });
const rows = lab.trainingRows(table, candidate);
const params = { numIterations: 40, learningRate: 0.03, numLeaves: 7 };

const model = lab.fitClassifier('gbdt', rows, { seed: 42, params });
const [down, neither, up] = model.predictProba(table.features).slice(-3);
console.log(`${candidate.name}: down ${down.toFixed(3)}, neither ${neither.toFixed(3)}, up ${up.toFixed(3)}`);

const folds = lab.defaultEvaluationPlan(rows.labels.length, candidate.T);
const { verdict } = await lab.evaluateWalkForward({ rows, candidate, modelKind: 'gbdt', fitOptions: { params }, folds, seed: 42 });
console.log(verdict.sentence);
