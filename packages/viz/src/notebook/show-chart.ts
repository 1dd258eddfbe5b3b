// Shows charts in a notebook cell. tslab's `display` is passed in, so nothing here depends on tslab.
import type { Chart } from '../charts/chart.js';
import { toNotebookHtml } from './notebook-html.js';

/** The part of tslab's `display` that is used. */
export interface NotebookDisplay {
  html(text: string): void;
}

/**
 * Shows charts below each other.
 * @example showCharts(display, priceChart(data), signalsChart(data))  // import { display } from 'tslab'
 */
export function showCharts(display: NotebookDisplay, ...charts: readonly Chart[]): void {
  display.html(toNotebookHtml(...charts));
}
