// Turns a chart's SVG into a PNG with resvg, with the package's own fonts, so that it looks the same everywhere.
import { Resvg } from '@resvg/resvg-js';
import type { Chart } from '../charts/chart.js';
import { renderChartSvg } from './chart-svg.js';
import { fontFiles } from './fonts.js';

export interface PngOptions {
  /** Pixels per chart pixel, from 1 to 4. Default: 2, sharp on dense screens. */
  readonly scale?: number;
}

/** The chart as a PNG file's bytes. @throws FAILED when the package's fonts are missing */
export function renderChartPng(chart: Chart, options: PngOptions = {}): Uint8Array {
  const scale = options.scale ?? 2;
  const image = new Resvg(renderChartSvg(chart), {
    fitTo: { mode: 'zoom', value: scale },
    font: { loadSystemFonts: false, fontFiles: fontFiles(), defaultFontFamily: 'Inter', sansSerifFamily: 'Inter' },
  });
  return image.render().asPng();
}
