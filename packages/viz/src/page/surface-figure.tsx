// How far and how soon: the surface P(T, X) of the newest answer, drawn and in words.
import { useMemo } from 'preact/hooks';
import { surfaceChart } from '../charts/surface-chart.js';
import type { ThemeName } from '../charts/theme.js';
import type { DashboardData } from '../data/dashboard-data.js';
import { todaySurface, touchInWords } from '../data/today-surface.js';
import { ChartCanvas } from './chart-canvas.js';
import { ChartLegend } from './chart-legend.js';

/** Nothing with fewer than three candidates that can be compared. */
export function SurfaceFigure({ data, theme }: { readonly data: DashboardData; readonly theme: ThemeName }) {
  const found = useMemo(() => todaySurface(data), [data]);
  const chart = useMemo(() => (found === null ? null : surfaceChart(data, { theme, bare: true })), [data, theme, found]);
  if (found === null || chart === null) return null;
  const words = found.candidates.map(touchInWords);
  return (
    <figure class="card surface" data-testid="surface">
      <h3>How far, and how soon</h3>
      <ChartLegend chart={chart} />
      <ChartCanvas chart={chart} summary={words.join('. ')} />
      <figcaption>
        <ul class="surface-words muted small">
          {words.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      </figcaption>
    </figure>
  );
}
