// Signals over price: where the model thought an event the most probable outcome, and what became of it.
import type { CandidateHistory, DashboardData, MarketView } from '../data/dashboard-data.js';
import { moveInWords, percentInWords, priceInWords } from '../data/words.js';
import type { Chart, ChartOptions, LegendEntry } from './chart.js';
import { barAxis, barLabels, frame, legendLine, plotArea, plotTop, valueAxis, ZOOM } from './frame.js';
import { needHistory, needMarket } from './needs.js';
import { findSignals, isJudged, rowsByBar, type Signal } from './signals.js';
import { type Theme, themeOf } from './theme.js';

const HEIGHT = 400;
/** Pixels that all markers together may take of a 1000 pixel plot, so that neighbours stay apart. */
const MARKER_SPACE = 1400;

/**
 * The closing price with a triangle at every signal: pointing up under the line, pointing down above it;
 * filled when it came true, hollow when it did not, faded while the outcome is not known or where it is no fair test.
 * @throws BAD_DATA without klines or probabilities, BAD_OPTION for an unknown candidate
 */
export function signalsChart(data: DashboardData, options: ChartOptions = {}): Chart {
  const market = needMarket(data, 'signals');
  const history = needHistory(data, 'signals', options.candidate);
  const theme = themeOf(options.theme ?? 'light');
  const bare = options.bare ?? false;
  const labels = barLabels(market.bars.openTimeMs, market.intervalMs);
  const signals = findSignals(market, history);
  const move = moveInWords(history);
  const title = `Signals of ${history.candidate} over the price of ${market.symbol}`;
  const subtitle = `first ${move} move within ${history.T} bars of ${market.interval} · filled: came true, hollow: did not, faded: not yet known or no fair test`;
  const size = Math.max(5, Math.min(12, MARKER_SPACE / Math.max(1, labels.length)));
  const upName = `Says up ${move} first`;
  const downName = `Says down ${move} first`;
  const legend: readonly LegendEntry[] = [
    { name: upName, color: theme.up, shape: 'triangle-up' },
    { name: downName, color: theme.down, shape: 'triangle-down' },
    { name: 'Close', color: theme.price, shape: 'line' },
  ];
  const markers = (label: -1 | 1): object => ({
    type: 'scatter',
    name: label === 1 ? upName : downName,
    symbol: 'triangle',
    symbolRotate: label === 1 ? 0 : 180,
    symbolSize: size,
    symbolOffset: [0, label === 1 ? size * 1.4 : -size * 1.4],
    z: 5,
    color: label === 1 ? theme.up : theme.down,
    itemStyle: { opacity: 1 },
    data: signals.filter((signal) => signal.label === label).map((signal) => marker(signal, market.bars.close, theme)),
    tooltip: { valueFormatter: priceInWords },
  });
  return {
    name: `signals-${history.candidate}`,
    title,
    theme: theme.name,
    width: options.width ?? 1000,
    height: HEIGHT,
    legend,
    option: {
      ...frame(theme, { title, subtitle, synthetic: data.synthetic, bare }),
      legend: legendLine(theme, bare, legend),
      grid: plotArea({ top: plotTop(bare, 1), bottom: 36 }),
      xAxis: barAxis(theme, labels, 0, true),
      yAxis: valueAxis(theme, 0, { position: 'right', axisLabel: { color: theme.mutedText, fontSize: 11, formatter: priceInWords } }),
      dataZoom: [{ type: 'inside', ...ZOOM }],
      tooltip: { ...(frame(theme, { title, subtitle, synthetic: false, bare }).tooltip as object), formatter: tooltipOf(labels, market.bars.close, signals, barrierByBar(market, history)) },
      series: [
        { type: 'line', name: 'Close', data: market.bars.close.map((close) => close ?? '-'), symbol: 'none', color: theme.price, lineStyle: { width: 1.5 } },
        markers(1),
        markers(-1),
      ],
    },
  };
}

function marker(signal: Signal, close: readonly (number | null)[], theme: Theme): object {
  const color = signal.label === 1 ? theme.up : theme.down;
  const isHit = signal.outcome === signal.label;
  const isOpen = !isJudged(signal);
  return {
    value: [signal.bar, close[signal.bar] ?? '-'],
    itemStyle: { color: isHit || isOpen ? color : theme.background, borderColor: color, borderWidth: 1.2, opacity: isOpen ? 0.4 : 1 },
  };
}

/** For each bar shown the move that counts there, where it is another one at every bar. */
function barrierByBar(market: MarketView, history: CandidateHistory): readonly (number | null)[] {
  return rowsByBar(market, history).map((row) => (row < 0 ? null : (history.barrier?.[row] ?? null)));
}

function tooltipOf(labels: readonly string[], close: readonly (number | null)[], signals: readonly Signal[], barrier: readonly (number | null)[]): (points: unknown) => string {
  const byBar = new Map(signals.map((signal) => [signal.bar, signal]));
  return (points) => {
    const first: unknown = Array.isArray(points) ? points[0] : points;
    const bar = typeof first === 'object' && first !== null && 'dataIndex' in first && 'axisValue' in first ? labels.indexOf(String(first.axisValue)) : -1;
    if (bar < 0) return '';
    const lines = [labels[bar], `Close ${priceInWords(close[bar] ?? Number.NaN)}`];
    const signal = byBar.get(bar);
    if (signal !== undefined) {
      const word = signal.label === 1 ? 'up' : 'down';
      const fate = signal.outcome === null ? 'not yet known' : !isJudged(signal) ? 'no fair test, training had touched these prices' : signal.outcome === signal.label ? 'came true' : 'did not come true';
      const size = barrier[bar];
      lines.push(`Says ${word}${size === null || size === undefined ? '' : ` ${(100 * size).toFixed(1)} %`} first, ${percentInWords(signal.probability)} (${signal.origin})`, `Outcome: ${fate}`);
    }
    return lines.join('\n');
  };
}
