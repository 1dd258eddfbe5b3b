// What all charts share: title, axes of UTC dates, tooltips, zoom, and the mark that says "synthetic".
import type { EChartsOption } from 'echarts';
import type { MarketView } from '../data/dashboard-data.js';
import { isoDate } from '../data/words.js';
import type { LegendEntry } from './chart.js';
import { FONT_FAMILY, type Theme } from './theme.js';

const DAY_MS = 86_400_000;

/** Axis labels of bars, UTC: `2025-12-11`, with the time of day for bars shorter than a day. */
export function barLabels(openTimeMs: readonly number[], intervalMs: number): string[] {
  return openTimeMs.map((time) => (intervalMs >= DAY_MS ? isoDate(time) : `${isoDate(time)} ${new Date(time).toISOString().slice(11, 16)}`));
}

export interface FrameText {
  readonly title: string;
  readonly subtitle: string;
  readonly synthetic: boolean;
  /** Without title and subtitle. */
  readonly bare: boolean;
}

/** Zoom with Ctrl and the wheel or with two fingers; wheel and touch alone still scroll the page. */
export const ZOOM = { zoomOnMouseWheel: 'ctrl', moveOnMouseWheel: false, preventDefaultMouseMove: false } as const;

/** Pixels from the top edge to the first plot; title and `legendLines` of legend lie in between, unless bare. */
export function plotTop(bare: boolean, legendLines: 0 | 1): number {
  return bare ? 14 : 66 + legendLines * 26;
}

/** The parts of an option that do not depend on what is drawn. */
export function frame(theme: Theme, text: FrameText): EChartsOption {
  const mark = text.synthetic ? 'SYNTHETIC DATA' : '';
  return {
    animation: false,
    backgroundColor: theme.background,
    textStyle: { fontFamily: FONT_FAMILY, color: theme.text },
    aria: { enabled: true, label: { description: [text.title, text.subtitle, mark].filter(Boolean).join('. ') } },
    title: {
      show: !text.bare,
      text: text.title,
      subtext: [mark, text.subtitle].filter(Boolean).join(' · '),
      left: 16,
      top: 12,
      itemGap: 6,
      textStyle: { fontFamily: FONT_FAMILY, fontSize: 16, fontWeight: 600, color: theme.text },
      subtextStyle: { fontFamily: FONT_FAMILY, fontSize: 12, color: theme.mutedText },
    },
    tooltip: {
      trigger: 'axis',
      // Drawn on the canvas: HTML tooltips carry inline styles, which the page's content-security-policy refuses.
      renderMode: 'richText',
      confine: true,
      backgroundColor: theme.tooltipBackground,
      borderColor: theme.line,
      textStyle: { fontFamily: FONT_FAMILY, fontSize: 12, color: theme.text },
      axisPointer: { lineStyle: { color: theme.mutedText }, crossStyle: { color: theme.mutedText }, label: { color: theme.background, backgroundColor: theme.mutedText } },
    },
    ...(text.synthetic ? { graphic: [syntheticMark(theme)] } : {}),
  };
}

const LEGEND_ICONS: Readonly<Record<LegendEntry['shape'], string>> = {
  square: 'roundRect',
  'triangle-up': 'triangle',
  'triangle-down': 'path://M0 0h16l-8 14z',
  line: 'path://M0 4h16v2h-16z',
};

/** A legend line under the title. */
export function legendLine(theme: Theme, bare: boolean, entries: readonly LegendEntry[]): NonNullable<EChartsOption['legend']> {
  return {
    // A page prints the legend itself: as text it wraps on a phone and can be read aloud.
    show: !bare,
    type: 'scroll',
    left: 12,
    right: 12,
    top: 58,
    itemWidth: 14,
    itemHeight: 10,
    itemGap: 14,
    textStyle: { fontFamily: FONT_FAMILY, fontSize: 12, color: theme.text },
    inactiveColor: theme.line,
    pageTextStyle: { color: theme.mutedText },
    pageIconColor: theme.mutedText,
    pageIconInactiveColor: theme.line,
    data: entries.map(({ name, shape }) => ({ name, icon: LEGEND_ICONS[shape] })),
  };
}

/** Where a plot lies. Labels are given room by hand, so that plots above each other keep the same edges. */
export function plotArea(place: { readonly top?: number; readonly bottom: number; readonly height?: number }): object {
  return { left: 16, right: 66, outerBoundsMode: 'none', ...place };
}

/** The horizontal axis: one category for each bar. Labels only on the lowest plot. */
export function barAxis(theme: Theme, labels: readonly string[], gridIndex: number, showLabels: boolean): object {
  return {
    type: 'category',
    gridIndex,
    data: [...labels],
    boundaryGap: true,
    axisLine: { lineStyle: { color: theme.line } },
    axisTick: { show: false },
    axisLabel: { show: showLabels, color: theme.mutedText, fontSize: 11, hideOverlap: true, alignMinLabel: 'left', alignMaxLabel: 'right' },
    splitLine: { show: false },
  };
}

/** A vertical axis with light grid lines. */
export function valueAxis(theme: Theme, gridIndex: number, extra: object = {}): object {
  return {
    type: 'value',
    gridIndex,
    scale: true,
    axisLine: { show: false },
    axisTick: { show: false },
    axisLabel: { color: theme.mutedText, fontSize: 11 },
    splitLine: { lineStyle: { color: theme.grid } },
    ...extra,
  };
}

/** "BTCUSDT, 1d bars". */
export function marketName(market: MarketView): string {
  return `${market.symbol}, ${market.interval} bars`;
}

function syntheticMark(theme: Theme): object {
  return {
    type: 'text',
    id: 'synthetic-mark',
    right: 74,
    bottom: 52,
    z: 50,
    silent: true,
    style: { text: 'SYNTHETIC', fill: theme.mutedText, opacity: 0.24, fontSize: 26, fontWeight: 700, fontFamily: FONT_FAMILY },
  };
}
