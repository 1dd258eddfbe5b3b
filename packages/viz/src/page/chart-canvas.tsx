// Draws a chart on a canvas that follows the width of its place. Only the parts of echarts that the charts use are loaded.
import { BarChart, CandlestickChart, HeatmapChart, LineChart, ScatterChart } from 'echarts/charts';
import { AriaComponent, AxisPointerComponent, DataZoomInsideComponent, GraphicComponent, GridComponent, LegendComponent, MarkLineComponent, TitleComponent, TooltipComponent, VisualMapComponent } from 'echarts/components';
import { type EChartsType, init, use } from 'echarts/core';
import { CanvasRenderer } from 'echarts/renderers';
import { useEffect, useRef } from 'preact/hooks';
import type { Chart } from '../charts/chart.js';

use([
  AriaComponent,
  AxisPointerComponent,
  BarChart,
  CandlestickChart,
  CanvasRenderer,
  DataZoomInsideComponent,
  GraphicComponent,
  GridComponent,
  HeatmapChart,
  LegendComponent,
  LineChart,
  MarkLineComponent,
  ScatterChart,
  TitleComponent,
  TooltipComponent,
  VisualMapComponent,
]);

export function ChartCanvas({ chart, summary }: { readonly chart: Chart; readonly summary: string }) {
  const place = useRef<HTMLDivElement>(null);
  const instance = useRef<EChartsType | null>(null);
  useEffect(() => {
    const element = place.current;
    if (element === null) return undefined;
    const drawn = init(element, null, { renderer: 'canvas' });
    instance.current = drawn;
    const observer = new ResizeObserver(() => drawn.resize());
    observer.observe(element);
    return () => {
      observer.disconnect();
      drawn.dispose();
      instance.current = null;
    };
  }, []);
  useEffect(() => {
    const drawn = instance.current;
    if (drawn === null) return;
    drawn.setOption(chart.option, { notMerge: true });
    // echarts writes its own label; ours says more.
    place.current?.setAttribute('aria-label', `${chart.title}. ${summary}`);
  }, [chart, summary]);
  return <div ref={place} class="chart" role="img" aria-label={`${chart.title}. ${summary}`} data-chart={chart.name} style={{ height: `${chart.height}px` }} />;
}
