// How often does evidence call skilled what cannot be? Three markets of the sample generator without a signal; every run has other seeds.
// Run after a build: node tests/studies/evidence-on-noise.mjs [--runs 40] [--preset pooled]
import { parseArgs } from 'node:util';
import { analyzeTogether, buildTrainingTable, evaluatePooled, generateSampleMarket, parseCandidates, pooledFolds, poolPart, poolRows, PRESETS } from '../../packages/core/dist/index.js';

const { values } = parseArgs({ options: { runs: { type: 'string', default: '40' }, preset: { type: 'string', default: 'pooled' }, candidates: { type: 'string', default: 'T7_X6,T14_X8,T14_V1.5' } } });
const preset = PRESETS[values.preset];
const candidates = parseCandidates(values.candidates);
const counts = { runs: 0, runsWithSkill: 0, candidates: 0, candidatesWithSkill: 0, above: {} };
for (let run = 0; run < Number(values.runs); run += 1) {
  const markets = [1, 2, 3].map((number) => {
    const klines = generateSampleMarket({ seed: 10 * run + number, startMs: Date.UTC(2018, 0), endMs: Date.UTC(2024, 0), signal: 0 });
    return { symbol: `NOISE${number}`, klines, table: buildTrainingTable(klines, { features: preset.featureSet, candidates }) };
  });
  const records = [];
  for (const candidate of candidates) {
    const rows = poolRows(markets.map((market) => poolPart(market, candidate)));
    const folds = pooledFolds(rows, candidate.T, { refitEveryBars: 125 });
    records.push(await evaluatePooled({ candidate, intervalMs: 86_400_000, rows, folds, model: { modelKind: preset.modelKind, fitOptions: { params: preset.params }, seed: 42 } }));
  }
  const found = analyzeTogether(records, { otherTrials: 0 });
  counts.runs += 1;
  counts.runsWithSkill += found.some(({ verdict }) => verdict.hasSkill) ? 1 : 0;
  for (const { verdict, comparisons } of found) {
    counts.candidates += 1;
    counts.candidatesWithSkill += verdict.hasSkill ? 1 : 0;
    for (const { name, skill } of comparisons) counts.above[name] = (counts.above[name] ?? 0) + ((skill.interval?.[0] ?? 0) > 0 ? 1 : 0);
  }
  if ((run + 1) % 10 === 0) console.error(JSON.stringify(counts));
}
console.log(JSON.stringify({ ...values, ...counts }, null, 2));
