// Candles with volume: what the market did over the bars shown.
import type { DashboardData } from '../data/dashboard-data.js';
import { dateInWords, priceInWords } from '../data/words.js';
import { needMarket } from './needs.js';
import { barAxis, barLabels, frame, marketName, plotArea, plotTop, valueAxis, ZOOM } from './frame.js';
import type { Chart, ChartOptions } from './chart.js';
import { themeOf } from './theme.js';

const HEIGHT = 460;

/**
 * Candles over volume; a rising bar is blue and filled, a falling one orange.
 * @throws BAD_DATA when the data holds no klines
 */
export function priceChart(data: DashboardData, options: ChartOptions = {}): Chart {
  const market = needMarket(data, 'price');
  const theme = themeOf(options.theme ?? 'light');
  const bare = options.bare ?? false;
  const { bars } = market;
  const labels = barLabels(bars.openTimeMs, market.intervalMs);
  const top = plotTop(bare, 0);
  const title = `Price and volume of ${market.symbol}`;
  const subtitle = `${marketName(market)}, to ${dateInWords(market.lastOpenTimeMs, market.intervalMs)} (UTC)`;
  const rises = bars.close.map((close, i) => (close ?? 0) >= (bars.open[i] ?? 0));
  return {
    name: 'price',
    title,
    theme: theme.name,
    width: options.width ?? 1000,
    height: HEIGHT,
    legend: [
      { name: 'Rising', color: theme.up, shape: 'square' },
      { name: 'Falling', color: theme.down, shape: 'square' },
    ],
    option: {
      ...frame(theme, { title, subtitle, synthetic: market.synthetic, bare }),
      axisPointer: { link: [{ xAxisIndex: 'all' }] },
      grid: [
        plotArea({ top, bottom: 128 }),
        plotArea({ bottom: 36, height: 72 }),
      ],
      xAxis: [barAxis(theme, labels, 0, false), barAxis(theme, labels, 1, true)],
      yAxis: [
        valueAxis(theme, 0, { position: 'right', axisLabel: { color: theme.mutedText, fontSize: 11, formatter: priceInWords } }),
        valueAxis(theme, 1, { position: 'right', splitNumber: 2, scale: false, axisLabel: { color: theme.mutedText, fontSize: 11, formatter: shortNumber, hideOverlap: true } }),
      ],
      dataZoom: [{ type: 'inside', xAxisIndex: [0, 1], ...ZOOM }],
      series: [
        {
          type: 'candlestick',
          name: 'Price',
          // echarts' order: open, close, low, high.
          data: bars.close.map((close, i) => [bars.open[i] ?? '-', close ?? '-', bars.low[i] ?? '-', bars.high[i] ?? '-']),
          itemStyle: { color: theme.up, color0: theme.down, borderColor: theme.up, borderColor0: theme.down },
          tooltip: { valueFormatter: (value) => priceInWords(Number(value)) },
        },
        {
          type: 'bar',
          name: 'Volume',
          xAxisIndex: 1,
          yAxisIndex: 1,
          data: bars.volume.map((volume, i) => ({ value: volume ?? '-', itemStyle: { color: rises[i] ? theme.up : theme.down, opacity: 0.55 } })),
          tooltip: { valueFormatter: (value) => shortNumber(Number(value)) },
        },
      ],
    },
  };
}

/** `15320` → `15.3k`. */
function shortNumber(value: number): string {
  const units: readonly (readonly [number, string])[] = [[1e9, 'B'], [1e6, 'M'], [1e3, 'k']];
  for (const [size, unit] of units) if (Math.abs(value) >= size) return `${Number((value / size).toPrecision(3))}${unit}`;
  return String(Number(value.toPrecision(3)));
}
