// The probabilities of one candidate over time, stacked to 100 %, with a strip that says where each value comes from.
import type { CandidateHistory, DashboardData, ForecastOrigin, MarketView } from '../data/dashboard-data.js';
import { moveInWords, percentInWords } from '../data/words.js';
import type { Chart, ChartOptions, LegendEntry } from './chart.js';
import { barAxis, barLabels, frame, legendLine, plotArea, plotTop, valueAxis, ZOOM } from './frame.js';
import { needHistory, needMarket } from './needs.js';
import { rowsByBar } from './signals.js';
import { type Theme, themeOf } from './theme.js';

const HEIGHT = 340;

/** Origins in the order of the legend. */
export const ORIGIN_WORDS: readonly (readonly [ForecastOrigin, string])[] = [
  ['walk-forward', 'From walk-forward test'],
  ['overlap', 'Replayed, overlaps training'],
  ['replay', 'Replayed by this bundle'],
  ['recorded', 'Recorded on the day'],
];

/**
 * Stacked areas of down, neutral and up; dashed lines show the class shares in training, which is what a model
 * that knows nothing says.
 * @throws BAD_DATA without klines or probabilities, BAD_OPTION for an unknown candidate
 */
export function probabilityChart(data: DashboardData, options: ChartOptions = {}): Chart {
  const market = needMarket(data, 'probabilities');
  const history = needHistory(data, 'probabilities', options.candidate);
  const theme = themeOf(options.theme ?? 'light');
  const bare = options.bare ?? false;
  const labels = barLabels(market.bars.openTimeMs, market.intervalMs);
  const move = moveInWords(history);
  const names = { down: `Down ${move} first`, neutral: 'Neither', up: `Up ${move} first` };
  const title = `What ${history.candidate} said about ${market.symbol}`;
  const subtitle = `probability of the first ${move} move within ${history.T} bars of ${market.interval}; dashed: class shares in training`;
  const legend: readonly LegendEntry[] = [
    { name: names.down, color: theme.down, shape: 'square' },
    { name: names.neutral, color: theme.neutral, shape: 'square' },
    { name: names.up, color: theme.up, shape: 'square' },
    ...originsShown(market, history).map(([origin, name]) => ({ name, color: theme.origin[origin], shape: 'square' as const })),
  ];
  return {
    name: `probabilities-${history.candidate}`,
    title,
    theme: theme.name,
    width: options.width ?? 1000,
    height: HEIGHT,
    legend,
    option: {
      ...frame(theme, { title, subtitle, synthetic: data.synthetic, bare }),
      legend: legendLine(theme, bare, legend),
      axisPointer: { link: [{ xAxisIndex: 'all' }] },
      grid: [
        plotArea({ top: plotTop(bare, 1), bottom: 52 }),
        plotArea({ bottom: 36, height: 8 }),
      ],
      xAxis: [barAxis(theme, labels, 0, false), { ...barAxis(theme, labels, 1, true), axisLine: { show: false } }],
      yAxis: [
        valueAxis(theme, 0, { position: 'right', min: 0, max: 1, interval: 0.25, axisLabel: { color: theme.mutedText, fontSize: 11, formatter: (value: number) => `${Math.round(value * 100)} %` } }),
        { ...valueAxis(theme, 1, { min: 0, max: 1, scale: false }), show: false },
      ],
      dataZoom: [{ type: 'inside', xAxisIndex: [0, 1], ...ZOOM }],
      series: [...areas(data, market, history, names, theme), ...originStrip(market, history, theme)],
    },
  };
}

function areas(data: DashboardData, market: MarketView, history: CandidateHistory, names: { down: string; neutral: string; up: string }, theme: Theme): object[] {
  const rows = rowsByBar(market, history);
  const area = (name: string, values: readonly number[], color: string, opacity: number): object => ({
    type: 'line',
    name,
    stack: 'probability',
    data: rows.map((row) => (row < 0 ? '-' : values[row])),
    // A lone value between gaps would be invisible without a dot.
    showSymbol: rows.filter((row) => row >= 0).length < 3,
    symbol: 'circle',
    symbolSize: 5,
    color,
    lineStyle: { width: 1, color },
    areaStyle: { color, opacity },
    tooltip: { valueFormatter: (value: unknown) => (typeof value === 'number' ? percentInWords(value) : 'none') },
  });
  const down = area(names.down, history.pDown, theme.down, 0.75);
  return [{ ...down, ...priorLines(data, history, theme) }, area(names.neutral, history.pNeutral, theme.neutral, 0.45), area(names.up, history.pUp, theme.up, 0.75)];
}

function priorLines(data: DashboardData, history: CandidateHistory, theme: Theme): object {
  const counts = data.bundle?.candidates.find((entry) => entry.candidate === history.candidate)?.classCounts;
  const total = counts === undefined ? 0 : counts[0] + counts[1] + counts[2];
  if (counts === undefined || total === 0) return {};
  return {
    markLine: {
      silent: true,
      symbol: 'none',
      label: { show: false },
      lineStyle: { color: theme.text, type: [5, 4], width: 1, opacity: 0.7 },
      data: [{ yAxis: counts[0] / total }, { yAxis: (counts[0] + counts[1]) / total }],
    },
  };
}

/** The origins that occur on the bars shown. */
function originsShown(market: MarketView, history: CandidateHistory): (readonly [ForecastOrigin, string])[] {
  const shown = new Set(rowsByBar(market, history).map((row) => history.origin[row]));
  return ORIGIN_WORDS.filter(([origin]) => shown.has(origin));
}

function originStrip(market: MarketView, history: CandidateHistory, theme: Theme): object[] {
  const rows = rowsByBar(market, history);
  return originsShown(market, history).map(([origin, name]) => ({
    type: 'bar',
    name,
    stack: 'origin',
    xAxisIndex: 1,
    yAxisIndex: 1,
    barCategoryGap: '0%',
    // A little too wide, so that no seam shows between neighbours.
    barWidth: '130%',
    silent: true,
    color: theme.origin[origin],
    data: rows.map((row) => (row >= 0 && history.origin[row] === origin ? 1 : '-')),
    tooltip: { valueFormatter: (value: unknown) => (value === 1 ? 'yes' : 'no') },
  }));
}
