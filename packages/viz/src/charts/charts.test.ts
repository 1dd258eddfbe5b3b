import { describe, expect, it } from 'vitest';
import type { DashboardData } from '../data/dashboard-data.js';
import { dashboardFixture, surfaceFixture } from '../testing/dashboard-fixture.js';
import { buildChart, CHARTS } from './charts.js';
import { themeOf } from './theme.js';

interface Series {
  readonly type: string;
  readonly name: string;
  readonly data: readonly unknown[];
  readonly markLine?: { readonly data: readonly { readonly yAxis: number }[] };
}

const data = dashboardFixture(60);
/** Has candidates enough for every chart. */
const wide: DashboardData = { ...surfaceFixture(60), history: data.history };
const TIMED = CHARTS.filter(({ name }) => name !== 'surface');
const seriesOf = (name: string, from: DashboardData = data, candidate?: string): Series[] => buildChart(name, from, candidate === undefined ? {} : { candidate }).option.series as unknown as Series[];
const labelsOf = (name: string): unknown => {
  const { xAxis } = buildChart(name, data).option as unknown as { xAxis: { data: string[] } | { data: string[] }[] };
  return (Array.isArray(xAxis) ? xAxis[0] : xAxis).data;
};

describe('charts', () => {
  it.each(TIMED.map(({ name }) => name))('%s: UTC dates', (name) => {
    expect(labelsOf(name)).toEqual(data.market?.bars.openTimeMs.map((time) => new Date(time).toISOString().slice(0, 10)));
  });

  it.each(CHARTS.map(({ name }) => name))('%s: plain data, synthetic mark, both themes', (name) => {
    for (const theme of ['light', 'dark'] as const) {
      const { option } = buildChart(name, wide, { theme });
      expect(option.backgroundColor).toBe(themeOf(theme).background);
      expect(JSON.stringify(option)).toContain('SYNTHETIC DATA');
      expect(JSON.stringify(option.graphic)).toContain('SYNTHETIC');
    }
    expect(buildChart(name, wide)).toEqual(expect.objectContaining({ width: 1000 }));
  });

  it('bears no synthetic mark when the data is real', () => {
    const real: DashboardData = { ...wide, synthetic: false, market: data.market === null ? null : { ...data.market, synthetic: false } };
    for (const { name } of CHARTS) expect(JSON.stringify(buildChart(name, real).option)).not.toContain('SYNTHETIC');
  });

  it('price: candles in the order open, close, low, high; volume below', () => {
    const [candles, volume] = seriesOf('price');
    const bars = data.market?.bars;
    expect(candles.type).toBe('candlestick');
    expect(candles.data[7]).toEqual([bars?.open[7], bars?.close[7], bars?.low[7], bars?.high[7]]);
    expect(volume.data[7]).toMatchObject({ value: bars?.volume[7] });
  });

  it('price: a missing value leaves a gap', () => {
    const market = data.market;
    const gap = market === null ? data : { ...data, market: { ...market, bars: { ...market.bars, close: market.bars.close.map((close, i) => (i === 3 ? null : close)), volume: market.bars.volume.map(() => null) } } };
    const [candles, volume] = seriesOf('price', gap);
    expect((candles.data[3] as unknown[])[1]).toBe('-');
    expect(volume.data[0]).toMatchObject({ value: '-' });
  });

  it('signals: one marker for each bar with an event most probable, its look by its fate', () => {
    const [line, ups, downs] = seriesOf('signals', data, 'T14_X8');
    const history = data.history[1];
    const labels = history.pUp.map((up, i) => (history.pDown[i] >= Math.max(up, history.pNeutral[i]) ? -1 : history.pNeutral[i] >= up ? 0 : 1));
    expect(line.data).toEqual(data.market?.bars.close);
    expect(ups.data).toHaveLength(labels.filter((label) => label === 1).length);
    expect(downs.data).toHaveLength(labels.filter((label) => label === -1).length);
    for (const marker of ups.data as { value: [number, number]; itemStyle: { color: string; opacity: number } }[]) {
      const outcome = history.origin[marker.value[0]] === 'overlap' ? null : history.outcome[marker.value[0]];
      expect(marker.value[1]).toBe(data.market?.bars.close[marker.value[0]]);
      expect(marker.itemStyle.opacity).toBe(outcome === null ? 0.4 : 1);
      expect(marker.itemStyle.color).toBe(outcome === 1 || outcome === null ? themeOf('light').up : themeOf('light').background);
    }
  });

  it('probabilities: three layers that sum to 1, the prior as dashed lines, a strip of origins', () => {
    const series = seriesOf('probabilities');
    const [down, neutral, up, ...strip] = series;
    for (let i = 0; i < 60; i += 1) expect(Number(down.data[i]) + Number(neutral.data[i]) + Number(up.data[i])).toBeCloseTo(1, 12);
    expect(down.markLine?.data.map(({ yAxis }) => yAxis)).toEqual([812 / 2400, 1310 / 2400]);
    expect(strip.map(({ name, data: values }) => [name, values.filter((value) => value === 1).length])).toEqual([
      ['From walk-forward test', 20],
      ['Replayed, overlaps training', 14],
      ['Replayed by this bundle', 21],
      ['Recorded on the day', 5],
    ]);
  });

  it('names what is missing or unknown', () => {
    expect(() => buildChart('heatmap', data)).toThrow('The `name` option of buildChart must be one of price, signals, probabilities, surface. Got "heatmap".');
    expect(() => buildChart('signals', data, { candidate: 'T7_X4' })).toThrow('must be one of T21_X8, T14_X8. Got "T7_X4".');
    expect(() => buildChart('price', { ...data, market: null })).toThrow('needs klines');
    expect(() => buildChart('probabilities', { ...data, history: [] })).toThrow('no bundle is active');
    expect(() => buildChart('probabilities', { ...data, history: [], notices: [{ kind: 'problem', message: 'The bundle is of another market.' }] })).toThrow('there are none. The bundle is of another market.');
  });

  it('signals: the tooltip tells date, price, probability and fate', () => {
    const { tooltip } = buildChart('signals', data).option as unknown as { tooltip: { formatter: (points: unknown) => string } };
    const history = data.history[0];
    const text = tooltip.formatter([{ dataIndex: 0, axisValue: '2025-06-15' }]);
    expect(text).toContain('2025-06-15\nClose ');
    expect(text).toContain(`${history.pUp[0] > history.pDown[0] ? 'Says up' : 'Says down'} first, `);
    expect(text).toMatch(/Outcome: (came true|did not come true)$/);
    expect(tooltip.formatter([])).toBe('');
  });
});
