// Warm-up of the recursive features on the real BTCUSDT file, against the same exponential means written in plain Python
// (lists and the standard library): deviations of the last row from 22, 40 or 42, 50, 100 and 199 bars, and where they settle.
import { readFileSync } from 'node:fs';
import { analyzeWarmUp, parseKlinesCsv, sliceKlines } from '@forecastlab/core';
import { expect, it } from 'vitest';
import { describeShared, sharedPath } from './support/shared.js';

const PYTHON = {
  rsi_14: { scale: 13.566286766230494, value: 49.55756779856403, settled: 290, declared: 0.020088491926870917, at: [0.749272294779366, 0.011205239395814673, 0.00013397733128073559, 4.3109033422158856e-7] },
  macd_hist: { scale: 411.68875368910966, value: 901.8998115780587, settled: 286, declared: 0.8303866080541842, at: [1.881008532512578, 0.39956055022518633, 0.008490451510954783, 1.6743008438914331e-6] },
};

describeShared('warm-up of BTCUSDT', () => {
  const file = sharedPath('data/binance/BTCUSDT_1d_forecastlab.csv');
  // without the last bar, which was not finished
  const klines = sliceKlines(parseKlinesCsv(readFileSync(file), { fileName: file }).klines, 0, 2902);

  it.each(['rsi_14', 'macd_hist'] as const)('%s', (name) => {
    const expected = PYTHON[name];
    const { features, warnings } = analyzeWarmUp(klines, [name], { startUpBars: [22, 50, 100, 199, 999] });
    const { scale, value, deviations, deviationAtDeclared, settledFromBars } = features[0];
    expect(scale / expected.scale).toBeCloseTo(1, 12);
    expect(value / expected.value).toBeCloseTo(1, 12);
    expect(settledFromBars).toBe(expected.settled);
    [deviationAtDeclared, ...deviations.slice(0, 4)].forEach((deviation, i) => expect(Math.abs(deviation - [expected.declared, ...expected.at][i])).toBeLessThan(1e-12));
    expect(warnings.length).toBe(name === 'macd_hist' ? 1 : 0);
  });
});
