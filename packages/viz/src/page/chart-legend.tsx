// A chart's legend as text: it wraps on a phone and can be read aloud.
import type { Chart, LegendEntry } from '../charts/chart.js';

const SHAPES: Readonly<Record<LegendEntry['shape'], string>> = {
  square: 'M1 2h12v10h-12z',
  'triangle-up': 'M1 12h12l-6-11z',
  'triangle-down': 'M1 2h12l-6 11z',
  line: 'M0 6h14v2h-14z',
};

export function ChartLegend({ chart }: { readonly chart: Chart }) {
  return (
    <ul class="chart-legend">
      {chart.legend.map(({ name, color, shape }) => (
        <li key={name}>
          <svg width="14" height="14" viewBox="0 0 14 14" aria-hidden="true">
            <path d={SHAPES[shape]} fill={color} />
          </svg>
          {name}
        </li>
      ))}
    </ul>
  );
}
