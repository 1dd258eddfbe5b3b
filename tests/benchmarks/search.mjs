// How long the whole search takes: stage 1 (20 candidates, 6 features) and stage 2 (10 candidates, 20 features), as the predecessor ran it.
// Run after a build: pnpm bench --search, or node tests/benchmarks/search.mjs KLINES.csv [--threads 1,2] [--stages 1,2]
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { candidateOf, prepareKlines } from '../../packages/core/dist/index.js';
import { openFolderStore, readKlinesFile } from '../../packages/core/dist/node.js';
import { runSearch } from '../../packages/train/dist/index.js';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { threads: { type: 'string', default: '1,2' }, stages: { type: 'string', default: '1,2' }, shuffledFolds: { type: 'string', default: '0' } },
});
const { parsed } = await readKlinesFile(resolve(positionals[0] ?? 'klines.csv'), {});
const { klines } = prepareKlines(parsed, { serverTimeMs: Date.now(), lastBar: 'check' });
const grid = [7, 10, 14, 21].flatMap((T) => [0.06, 0.08, 0.1, 0.12, 0.15].map((X) => candidateOf(T, X)));
const top = ['T14_X8', 'T21_X8', 'T21_X10', 'T14_X6', 'T10_X8', 'T14_X10', 'T21_X6', 'T21_X12', 'T10_X6', 'T14_X12'];
// What the predecessor's script with LightGBM took by stage and threads, s, on a machine of 2 cores; and the share of it that we want at most.
const theirs = { 1: { 1: 217, 2: 252 }, 2: { 1: 291, 2: 215 } };
const goals = { 1: 0.25, 2: 0.15 };
const stages = { 1: { featureSet: 'baseline', candidates: grid }, 2: { featureSet: 'flow', candidates: grid.filter(({ name }) => top.includes(name)) } };

for (const stage of values.stages.split(',')) {
  for (const threads of values.threads.split(',').map(Number)) {
    const root = mkdtempSync(join(tmpdir(), 'forecastlab-benchmark-'));
    try {
      const [startedMs, cpu] = [performance.now(), process.cpuUsage()];
      const { fits } = await runSearch({
        ...stages[stage],
        market: { klines, symbol: 'BTCUSDT', interval: parsed.interval, source: 'file', isSynthetic: false, file: 'klines.csv', warnings: [] },
        modelKind: 'gbdt',
        labelOptions: { window: 'trailing', tieBreak: 'upswing' },
        folds: { isPurged: false },
        shuffledFolds: Number(values.shuffledFolds),
        seed: 42,
        run: 'benchmark',
        threads,
        store: openFolderStore(root),
        code: { gitCommit: null, versions: { forecastlab: 'benchmark', node: process.versions.node, dependencies: {} } },
      });
      const used = process.cpuUsage(cpu);
      const seconds = (performance.now() - startedMs) / 1000;
      const reference = theirs[stage]?.[threads];
      const beside = reference === undefined ? '' : `; the predecessor took ${reference} s once, ours is ${(seconds / reference).toFixed(3)} of that (goal: ≤ ${goals[threads]})`;
      console.log(`stage ${stage}, threads ${threads}: ${fits.done} fits in ${seconds.toFixed(1)} s, ${((used.user + used.system) / 1e6).toFixed(1)} CPU seconds${beside}`);
    } finally {
      rmSync(root, { recursive: true, force: true });
    }
  }
}
