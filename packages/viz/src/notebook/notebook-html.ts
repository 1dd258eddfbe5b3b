// Charts as HTML for a notebook cell: drawings with nothing to load, so they stay when the notebook is sent on.
import type { Chart } from '../charts/chart.js';
import { renderChartSvg } from '../export/chart-svg.js';

/** One HTML block that holds the charts below each other, each as wide as the cell at most. */
export function toNotebookHtml(...charts: readonly Chart[]): string {
  const figures = charts.map((chart) => {
    const svg = renderChartSvg(chart).replace(/^<svg width="(\d+)" height="(\d+)"/, '<svg style="max-width:100%;height:auto;width:$1px"');
    return `<figure style="margin:0 0 12px">${svg}</figure>`;
  });
  return `<div>${figures.join('\n')}</div>`;
}
