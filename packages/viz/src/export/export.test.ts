import { describe, expect, it } from 'vitest';
import { buildChart, CHARTS } from '../charts/charts.js';
import { dashboardFixture, surfaceFixture } from '../testing/dashboard-fixture.js';
import { renderChartPng } from './chart-png.js';
import { renderChartSvg } from './chart-svg.js';

const data = dashboardFixture(40);
const count = (text: string, pattern: RegExp): number => [...text.matchAll(pattern)].length;

describe('renderChartSvg', () => {
  it('draws the marks: title, both directions of signals, the synthetic mark', () => {
    const svg = renderChartSvg(buildChart('signals', data));
    expect(svg).toMatch(/^<svg [^>]*width="1000"[^>]*>\n<title>Signals of T21_X8 over the price of SAMPLE<\/title>/);
    for (const text of ['SYNTHETIC DATA', 'Says up 8 % first', 'Says down 8 % first', '2025-07-']) expect(svg).toContain(text);
    expect(svg).not.toContain('NaN');
  });

  it('draws a candle for every bar', () => {
    const market = data.market;
    if (market === null) throw new Error('the fixture has a market');
    const svg = renderChartSvg(buildChart('price', data));
    const bodies = count(svg, /<path d="[^"]*" fill="#(1769c2|d9650a)" stroke="#/g);
    expect(bodies).toBeGreaterThanOrEqual(market.bars.close.length);
  });

  it.each(CHARTS.map(({ name }) => name))('%s: the same bytes every time, in any order', (name) => {
    const drawn = name === 'surface' ? surfaceFixture(60) : data;
    const first = renderChartSvg(buildChart(name, drawn));
    renderChartSvg(buildChart('price', dashboardFixture(20)));
    expect(renderChartSvg(buildChart(name, drawn))).toBe(first);
  });

  it('gives two drawings different ids, so that both work in one page', () => {
    const ids = (name: string): Set<string> => new Set([...renderChartSvg(buildChart(name, data)).matchAll(/\b(fl[0-9a-f]{8})-/g)].map((match) => match[1]));
    const [one, other] = [ids('probabilities'), ids('signals')];
    expect([one.size, other.size]).toEqual([1, 1]);
    expect([...one]).not.toEqual([...other]);
  });

  it('escapes what stands in names', () => {
    const hostile = { ...data, market: data.market === null ? null : { ...data.market, symbol: '<script>&"' } };
    const svg = renderChartSvg(buildChart('price', hostile));
    expect(svg).not.toContain('<script>');
    expect(svg).toContain('&lt;script&gt;');
  });
});

describe('renderChartPng', () => {
  it('is a PNG of the chart at the scale asked for, with text in it', () => {
    const chart = buildChart('probabilities', data);
    const png = renderChartPng(chart, { scale: 2 });
    expect([...png.subarray(0, 8)]).toEqual([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
    const view = new DataView(png.buffer, png.byteOffset);
    expect([view.getUint32(16), view.getUint32(20)]).toEqual([2000, chart.height * 2]);
    // Without a font the title vanishes, and the picture gets smaller.
    const mute = renderChartPng({ ...chart, option: { ...chart.option, title: { show: false } } }, { scale: 2 });
    expect(png.length - mute.length).toBeGreaterThan(2_000);
  });
});
