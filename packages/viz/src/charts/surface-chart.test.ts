import { describe, expect, it } from 'vitest';
import type { DashboardData, TodayCandidate } from '../data/dashboard-data.js';
import { todaySurface, touchInWords } from '../data/today-surface.js';
import { dashboardFixture, surfaceFixture } from '../testing/dashboard-fixture.js';
import { surfaceChart } from './surface-chart.js';
import { themeOf } from './theme.js';

interface Item {
  readonly value: [number, number, number];
  readonly label: { readonly formatter: string; readonly color: string };
}
const data = surfaceFixture(60);
const optionOf = (from: DashboardData, theme?: 'light' | 'dark') => surfaceChart(from, theme === undefined ? {} : { theme }).option as unknown as { xAxis: { data: string[] }; yAxis: { data: string[] }; series: [{ data: Item[] }] };
const today = (change: (candidates: readonly TodayCandidate[]) => readonly TodayCandidate[]): DashboardData => ({ ...data, today: data.today === null ? null : { ...data.today, candidates: change(data.today.candidates) } });

describe('surfaceChart', () => {
  it('has a cell for every candidate, with its numbers in it', () => {
    const { xAxis, yAxis, series } = optionOf(data);
    expect([xAxis.data, yAxis.data]).toEqual([['6 %', '8 %', '12 %'], ['7 bars', '14 bars', '21 bars']]);
    expect(series[0].data).toHaveLength(9);
    const cell = series[0].data.find(({ value: [x, y] }) => x === 1 && y === 1);
    const touch = (0.019 * Math.sqrt(14)) / 0.08;
    expect(cell?.value[2]).toBeCloseTo(touch, 12);
    expect(cell?.label.formatter).toBe('{touch|89 %}\n▲ 49 %\n▼ 40 %');
    expect(surfaceChart(data).title).toBe('How likely SAMPLE moves how far, and how soon');
  });

  it('writes so that it can be read on every shade', () => {
    for (const theme of ['light', 'dark'] as const) {
      const { surface } = themeOf(theme);
      for (const { value, label } of optionOf(data, theme).series[0].data) expect(contrast(mix(surface[0], surface[1], value[2]), label.color)).toBeGreaterThan(3.5);
    }
  });

  it('leaves holes where candidates are scattered', () => {
    const { xAxis, series } = optionOf(today((candidates) => candidates.slice(0, 3).map((candidate, i) => ({ ...candidate, T: 7 + 7 * i, X: 0.0712 + 0.03 * i, V: 1 }))));
    expect(xAxis.data).toEqual(['7.12 %', '10.1 %', '13.1 %']);
    expect(series[0].data.map(({ value }) => value.slice(0, 2))).toEqual([[0, 0], [1, 1], [2, 2]]);
  });

  it('needs three candidates of the active bundle that can be compared', () => {
    expect(() => surfaceChart(dashboardFixture(60))).toThrow('needs the answer of an active bundle with 3 or more candidates');
    expect(todaySurface({ today: data.today, bundle: null })).toBeNull();
    const relabel = (change: object, from: number): DashboardData => ({ ...data, bundle: data.bundle === null ? null : { ...data.bundle, candidates: data.bundle.candidates.map((candidate, i) => (i < from ? candidate : { ...candidate, ...change })) } });
    expect(todaySurface(relabel({ labelWindow: 'trailing' }, 2))).toBeNull();
    expect(todaySurface(relabel({ labelTouch: 'high-low' }, 2))).toBeNull();
    expect(todaySurface(relabel({ labelTouch: 'high-low' }, 4))?.candidates).toHaveLength(4);
  });

  it('says the same in words, shortest horizon first', () => {
    const words = todaySurface(today((candidates) => [...candidates].reverse()))?.candidates.map(touchInWords);
    expect(words?.[4]).toBe('A fall or rise of 8 % within 14 bars: 89 % (up first 49 %, down first 40 %)');
    expect(words).toHaveLength(9);
  });
});

type Rgb = readonly [number, number, number];
const rgb = (hex: string): Rgb => [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16)) as unknown as Rgb;
const mix = (low: string, high: string, share: number): Rgb => rgb(low).map((value, i) => value + share * (rgb(high)[i] - value)) as unknown as Rgb;
const luminance = (color: Rgb): number => color.map((value) => (value / 255 <= 0.04045 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4)).reduce((sum, value, i) => sum + value * [0.2126, 0.7152, 0.0722][i], 0);

/** https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio */
function contrast(back: Rgb, text: string): number {
  const [a, b] = [luminance(back), luminance(rgb(text))].sort((x, y) => y - x);
  return (a + 0.05) / (b + 0.05);
}
