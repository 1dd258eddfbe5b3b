// The register of charts: what `forecastlab-viz chart NAME` and a notebook can draw.
import { optionError } from '@forecastlab/core';
import type { DashboardData } from '../data/dashboard-data.js';
import type { Chart, ChartOptions } from './chart.js';
import { priceChart } from './price-chart.js';
import { probabilityChart } from './probability-chart.js';
import { signalsChart } from './signals-chart.js';
import { surfaceChart } from './surface-chart.js';

export interface ChartKind {
  readonly name: string;
  /** One line for help texts. */
  readonly summary: string;
  /** True when the chart is about one candidate. */
  readonly perCandidate: boolean;
  readonly build: (data: DashboardData, options?: ChartOptions) => Chart;
}

export const CHARTS: readonly ChartKind[] = [
  { name: 'price', summary: 'candles with volume', perCandidate: false, build: priceChart },
  { name: 'signals', summary: 'signals of a candidate over the price, and what became of them', perCandidate: true, build: signalsChart },
  { name: 'probabilities', summary: 'probabilities of a candidate over time', perCandidate: true, build: probabilityChart },
  { name: 'surface', summary: 'how likely a move of so much is within so many bars, of all candidates', perCandidate: false, build: surfaceChart },
];

/** Builds the chart called `name`. @throws BAD_OPTION for an unknown name, and what the chart itself throws. */
export function buildChart(name: string, data: DashboardData, options: ChartOptions = {}): Chart {
  const kind = CHARTS.find((entry) => entry.name === name);
  if (kind === undefined) throw optionError('buildChart', 'name', `one of ${CHARTS.map((entry) => entry.name).join(', ')}`, name);
  return kind.build(data, options);
}
