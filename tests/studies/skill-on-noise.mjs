// How often does a search call pure noise skilled? The sample market has no signal here; every run has another seed.
// Run after a build: node tests/studies/skill-on-noise.mjs [--runs 200] [--signal 0] [--model logistic] [--features flow] [--window N] [--threads 2]
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { generateSampleMarket, parseCandidates } from '../../packages/core/dist/index.js';
import { openFolderStore } from '../../packages/core/dist/node.js';
import { runSearch } from '../../packages/train/dist/index.js';

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '200' },
    first: { type: 'string', default: '1' },
    signal: { type: 'string', default: '0' },
    model: { type: 'string', default: 'logistic' },
    params: { type: 'string', default: '{}' },
    features: { type: 'string', default: 'flow' },
    candidates: { type: 'string', default: 'T7_X6,T7_X10,T14_X8,T14_X12,T21_X10,T21_X15' },
    window: { type: 'string' },
    step: { type: 'string', default: '63' },
    threads: { type: 'string', default: '2' },
  },
});
const root = mkdtempSync(join(tmpdir(), 'forecastlab-study-'));
const counts = { runs: 0, runsWithSkill: 0, candidates: 0, candidatesWithSkill: 0, intervalsAboveZero: 0, aloneBelow5Percent: 0 };
try {
  for (let run = 0; run < Number(values.runs); run += 1) {
    const seed = Number(values.first) + run;
    const klines = generateSampleMarket({ seed, startMs: Date.UTC(2018, 0, 1), endMs: Date.UTC(2025, 11, 12), signal: Number(values.signal) });
    const { report } = await runSearch({
      market: { klines, symbol: `NOISE${seed}`, interval: '1d', source: 'sample', isSynthetic: true, file: 'noise.csv', warnings: [] },
      candidates: parseCandidates(values.candidates),
      featureSet: values.features,
      modelKind: values.model,
      params: JSON.parse(values.params),
      folds: { initTrain: 1500, oosWindow: 63, step: Number(values.step), ...(values.window === undefined ? {} : { trainWindow: Number(values.window) }) },
      shuffledFolds: 0,
      seed: 42,
      run: `run${run}`,
      threads: Number(values.threads),
      store: openFolderStore(join(root, String(run))),
      code: { gitCommit: null, versions: { forecastlab: 'study', node: process.versions.node, dependencies: {} } },
    });
    rmSync(join(root, String(run)), { recursive: true, force: true });
    counts.runs += 1;
    counts.runsWithSkill += report.verdict.hasSkill ? 1 : 0;
    for (const { hasSkill, skill, pValue } of report.candidates) {
      counts.candidates += 1;
      counts.candidatesWithSkill += hasSkill ? 1 : 0;
      counts.intervalsAboveZero += (skill.interval?.[0] ?? 0) > 0 ? 1 : 0;
      counts.aloneBelow5Percent += pValue !== null && pValue < 0.05 ? 1 : 0;
    }
    if ((run + 1) % 20 === 0) console.error(JSON.stringify(counts));
  }
} finally {
  rmSync(root, { recursive: true, force: true });
}
console.log(JSON.stringify({ ...values, ...counts }, null, 2));
