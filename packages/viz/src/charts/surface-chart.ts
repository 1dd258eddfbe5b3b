// The newest answers of all comparable candidates as one map: how likely a move of so much is touched within so many bars.
import { ForecastLabError, type TouchSurface } from '@forecastlab/core';
import type { DashboardData } from '../data/dashboard-data.js';
import { LEAST_CANDIDATES, type TodaySurface, todaySurface } from '../data/today-surface.js';
import { dateInWords, percentInWords } from '../data/words.js';
import type { Chart, ChartOptions } from './chart.js';
import { frame, plotTop } from './frame.js';
import { type Theme, themeOf } from './theme.js';

/** Room for three lines of text. */
const ROW_HEIGHT = 66;
/** With more columns than these a cell of a phone has no room for both sides in a line. */
const WIDE_COLUMNS = 2;

/**
 * Horizon × barrier; the shade is the probability that either side is touched, and each cell says it in numbers, with the side that
 * comes first. Candidates that make no grid leave cells empty.
 * @throws BAD_DATA without three comparable candidates
 */
export function surfaceChart(data: DashboardData, options: ChartOptions = {}): Chart {
  const { surface } = needSurface(data);
  const theme = themeOf(options.theme ?? 'light');
  const bare = options.bare ?? false;
  const top = plotTop(bare, 0) + 4;
  const asOf = dateInWords(Date.parse(`${data.today?.asofDate ?? ''}T00:00:00.000Z`));
  const title = `How likely ${data.market?.symbol ?? data.bundle?.symbol ?? 'the market'} moves how far, and how soon`;
  const subtitle = `after the bar of ${asOf}: chance that the price rises or falls so far within so many bars`;
  const isPlain = { axisLine: { show: false }, axisTick: { show: false }, splitLine: { show: false }, splitArea: { show: false } };
  return {
    name: 'surface',
    title,
    theme: theme.name,
    width: options.width ?? 1000,
    height: top + ROW_HEIGHT * surface.T.length + 56,
    legend: [
      { name: 'Hardly ever', color: theme.surface[0], shape: 'square' },
      { name: 'Almost surely', color: theme.surface[1], shape: 'square' },
    ],
    option: {
      ...frame(theme, { title, subtitle, synthetic: data.synthetic, bare }),
      tooltip: { show: false },
      grid: { left: 66, right: 16, top, bottom: 52, outerBoundsMode: 'none' },
      xAxis: { type: 'category', data: surface.barrier.map(barrierInWords), name: 'move', nameLocation: 'middle', nameGap: 30, nameTextStyle: { color: theme.mutedText, fontSize: 12 }, axisLabel: { color: theme.mutedText, fontSize: 11, interval: 0, hideOverlap: true }, ...isPlain },
      yAxis: { type: 'category', data: surface.T.map((T) => `${T} bars`), axisLabel: { color: theme.mutedText, fontSize: 11 }, ...isPlain },
      visualMap: { show: false, min: 0, max: 1, dimension: 2, inRange: { color: [...theme.surface] } },
      series: [
        {
          type: 'heatmap',
          name: 'Touched',
          data: cellsOf(surface, theme),
          itemStyle: { borderColor: theme.background, borderWidth: 3, borderRadius: 8 },
          emphasis: { disabled: true },
          silent: true,
        },
      ],
    },
  };
}

function needSurface(data: DashboardData): TodaySurface {
  const found = todaySurface(data);
  if (found !== null) return found;
  throw new ForecastLabError('BAD_DATA', `The chart "surface" needs the answer of an active bundle with ${LEAST_CANDIDATES} or more candidates that can be compared, and there is none.`, {
    hint: 'Train and activate one: forecastlab-train bundle --data FILE --candidates T7_X6,T7_X8,T14_X6,T14_X8 --consistency monotone --activate.',
  });
}

type SurfaceItem = { readonly value: [number, number, number]; readonly label: object };

/** One item a cell that has an answer: [column, row, touch], its words in a colour that can be read on its shade. */
function cellsOf({ cells, barrier }: TouchSurface, theme: Theme): SurfaceItem[] {
  const gap = barrier.length > WIDE_COLUMNS ? '\n' : '  ';
  return cells.flatMap((row, y) =>
    row.flatMap((cell, x): SurfaceItem[] => {
      if (cell === null) return [];
      const { touch, up, down } = cell;
      const color = touch < theme.surfaceTurn ? theme.surfaceText[0] : theme.surfaceText[1];
      const label = { show: true, color, fontSize: 11, lineHeight: 16, formatter: `{touch|${percentInWords(touch)}}\n▲ ${percentInWords(up)}${gap}▼ ${percentInWords(down)}`, rich: { touch: { fontSize: 14, fontWeight: 600, lineHeight: 20, color } } };
      return [{ value: [x, y, touch], label }];
    }),
  );
}

/** `8 %`, and `18.7 %` for the barrier of a day. */
function barrierInWords(barrier: number): string {
  return `${Number((100 * barrier).toPrecision(3))} %`;
}
