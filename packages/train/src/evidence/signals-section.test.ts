import type { SignalStudy, TradeResult } from '@forecastlab/core';
import { describe, expect, it } from 'vitest';
import { signalHtml, signalMarkdown, signalsSection } from './signals-section.js';

const result = (change: Partial<TradeResult> = {}): TradeResult => ({
  trades: 31, meanReturn: 0.0123, winRate: 0.5484, performance: { totalReturn: 0.21, sharpe: -0.004, maxDrawdown: 0.33 },
  sharpeEvidence: { probabilistic: 0.8, deflated: 0.412, trials: 9 }, randomPValue: 0.0421, ...change,
});
const study: SignalStudy = {
  candidate: 'T14_X8', symbols: ['BTCUSDT', 'ETHUSDT'], firstMs: Date.UTC(2022, 0, 1), lastMs: Date.UTC(2024, 5, 30), fee: 0.001, slippage: 0.0005,
  upDeciles: [{ decile: 1, rows: 90, meanProbability: 0.2, hitRate: 0.18, meanForwardReturn: -0.0071 }, { decile: 10, rows: 91, meanProbability: 0.51, hitRate: 0.47, meanForwardReturn: 0.031 }],
  downDeciles: [{ decile: 1, rows: 90, meanProbability: 0.11, hitRate: 0.14, meanForwardReturn: 0.004 }],
  rules: [
    { side: 'long', share: 0.1, signals: 120, hitRate: 0.47, baseRate: 0.35, single: result(), overlapping: result({ trades: 120, randomPValue: null }) },
    { side: 'short', share: 0.125, signals: 0, hitRate: null, baseRate: 0.3, single: result({ trades: 0, meanReturn: null, winRate: null, randomPValue: null }), overlapping: result({ trades: 0, meanReturn: null, winRate: null, randomPValue: null }) },
  ],
  buyAndHold: { totalReturn: 0.87, sharpe: 0.9, maxDrawdown: 0.76 },
  sentence: 'T14_X8: no rule <earned> more | than random signals.',
};
const cells = (line: string): string[] => line.split('|').slice(1, -1).map((cell) => cell.trim());

describe('signalMarkdown', () => {
  const text = signalMarkdown(study);
  const lines = text.split('\n');

  it('begins with the sentence, and names costs, markets and trials', () => {
    expect(text).toMatch(/^### T14_X8\n\nT14_X8: no rule &lt;earned&gt; more \\\| than random signals\.\n\n/);
    expect(text).toContain('BTCUSDT and ETHUSDT, 2022-01-01 to 2024-06-30. Costs of entering and of leaving each: 0.1 % fee and 0.05 % slippage.');
    expect(text).toContain('The deflated Sharpe ratio allows for 9 trials.');
  });

  it('has both ways of each rule, then buying and holding', () => {
    expect(cells(lines.find((line) => line.includes('one position')) ?? '')).toEqual(['Buy on the highest 10 % of P(rise), one position at a time', '120', '47.0 %', '35.0 %', '31', '1.2 %', '54.8 %', '0.042', '21.0 %', '33.0 %', '0.00', '0.412']);
    expect(cells(lines.find((line) => line.startsWith('| Sell')) ?? '')).toEqual(['Sell on the highest 12.5 % of P(fall), one position at a time', '0', '-', '30.0 %', '0', '-', '-', '-', '-', '-', '-', '-']);
    expect(cells(lines.find((line) => line.startsWith('| Buying')) ?? '').slice(8)).toEqual(['87.0 %', '76.0 %', '0.90', '-']);
    expect(lines.filter((line) => /^\| (Buy|Sell) /.test(line))).toHaveLength(4);
  });

  it('has a row for every decile of either side', () => {
    expect(cells(lines.find((line) => line.startsWith('| 1 ')) ?? '')).toEqual(['1', '20.0 %', '18.0 %', '-0.7 %', '11.0 %', '14.0 %', '0.4 %']);
    expect(cells(lines.find((line) => line.startsWith('| 10 ')) ?? '')).toEqual(['10', '51.0 %', '47.0 %', '3.1 %', '-', '-', '-']);
  });
});

describe('signalHtml', () => {
  it('says the same numbers, escaped', () => {
    const { markup } = signalHtml(study);
    expect(markup).toContain('no rule &lt;earned&gt; more | than');
    const shown = [...markup.matchAll(/<t[hd][^>]*>([^<]*)<\/t[hd]>/g)].map(([, text]) => text);
    const written = signalMarkdown(study).split('\n').filter((line) => line.startsWith('|') && !line.startsWith('| ---')).flatMap(cells);
    expect(shown).toEqual(written);
  });
});

it('makes one section of all studies, none without any, and promises nothing', () => {
  expect(signalsSection([])).toBeNull();
  const section = signalsSection([study, { ...study, candidate: 'T7_X6' }]);
  expect(section?.markdown).toMatch(/### T14_X8[\s\S]*### T7_X6[\s\S]*no promise/);
  expect(section?.html.markup).toMatch(/<h3>T14_X8<\/h3>[\s\S]*<h3>T7_X6<\/h3>[\s\S]*no promise/);
});
