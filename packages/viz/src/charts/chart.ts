// What a chart is: an echarts option object with its size. The same object draws in the page, in a notebook
// and as an SVG or PNG file.
import type { EChartsOption } from 'echarts';
import type { ThemeName } from './theme.js';

export interface LegendEntry {
  /** The series' name. */
  readonly name: string;
  readonly color: string;
  readonly shape: 'square' | 'triangle-up' | 'triangle-down' | 'line';
}

export interface Chart {
  /** Such as `price`, or `probabilities-T21_X8`. */
  readonly name: string;
  /** In plain words, also the accessible name. */
  readonly title: string;
  readonly theme: ThemeName;
  /** Pixels when drawn to a file. The page gives its own width. */
  readonly width: number;
  readonly height: number;
  /** What the colours and shapes mean. */
  readonly legend: readonly LegendEntry[];
  readonly option: EChartsOption;
}

export interface ChartOptions {
  /** Default: light. */
  readonly theme?: ThemeName;
  /** Which candidate, such as `T21_X8`. Default: the first of the data. Charts about prices alone ignore it. */
  readonly candidate?: string;
  /** Pixels. Default: 1000. */
  readonly width?: number;
  /** Leaves out title, subtitle and legend, for a page that prints its own. Default: false. */
  readonly bare?: boolean;
}
