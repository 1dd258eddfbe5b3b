// A model that LightGBM has trained becomes a classifier, then an ONNX file. Run it with: node examples/interchange.mjs [FILE]
import { readFileSync, writeFileSync } from 'node:fs';
import * as lab from '@forecastlab/core';

const file = process.argv[2] ?? new URL('../tests/fixtures/synthetic/lightgbm_model.txt', import.meta.url); // booster.save_model(...)
const imported = lab.readLightgbmModel(readFileSync(file, 'utf8')); // or readXgboostModel for XGBoost's JSON
const model = lab.importGbdt(imported, { classOrder: [-1, 0, 1] }); // what its classes 0, 1, 2 stand for

const klines = lab.generateSampleMarket({ seed: 7, startMs: Date.UTC(2018, 0), endMs: Date.UTC(2025, 0) }); // synthetic
const { features } = lab.buildTrainingTable(klines, { features: 'flow', candidates: [] });
const [down, neither, up] = model.predictProba(features).slice(-3); // columns are matched by name
console.log(`${imported.model.iterations} rounds: down ${down.toFixed(3)}, neither ${neither.toFixed(3)}, up ${up.toFixed(3)}`);

const onnx = lab.writeOnnx(model);
writeFileSync('model.onnx', onnx);
console.log(`model.onnx: ${onnx.length} bytes, ${model.featureNames.length} features`);
