// A chart as a file: the ending of its name says which kind.
import { extname } from 'node:path';
import { optionError } from '@forecastlab/core';
import { writeFileWhole } from '@forecastlab/core/node';
import type { Chart } from '../charts/chart.js';
import { type PngOptions, renderChartPng } from './chart-png.js';
import { renderChartSvg } from './chart-svg.js';

/** What was written. */
export interface WrittenChart {
  readonly file: string;
  readonly format: 'svg' | 'png';
  readonly bytes: number;
}

/** Refuses names that end neither in .svg nor in .png. @throws BAD_OPTION */
export function chartFormatOf(file: string): 'svg' | 'png' {
  const ending = extname(file).toLowerCase();
  if (ending === '.svg' || ending === '.png') return ending === '.svg' ? 'svg' : 'png';
  throw optionError('writeChart', 'out', 'a file name that ends in .svg or .png', file);
}

/**
 * Writes the chart whole: a reader sees the old file or the new one. Folders are made.
 * @throws BAD_OPTION for another ending
 */
export async function writeChart(chart: Chart, file: string, options: PngOptions = {}): Promise<WrittenChart> {
  const format = chartFormatOf(file);
  const content = format === 'svg' ? new TextEncoder().encode(renderChartSvg(chart)) : renderChartPng(chart, options);
  await writeFileWhole(file, content);
  return { file, format, bytes: content.length };
}
