import { describe, expect, it } from 'vitest';
import { buildChart } from '../charts/charts.js';
import { dashboardFixture } from '../testing/dashboard-fixture.js';
import { showCharts } from './show-chart.js';

describe('showCharts', () => {
  it('hands one HTML block with every chart to the display, each no wider than the cell', () => {
    const shown: string[] = [];
    const data = dashboardFixture(30);
    showCharts({ html: (text) => shown.push(text) }, buildChart('price', data), buildChart('signals', data));
    expect(shown).toHaveLength(1);
    expect(shown[0].match(/<svg style="max-width:100%;height:auto;width:1000px"/g)).toHaveLength(2);
    expect(shown[0]).toContain('viewBox="0 0 1000 460"');
    expect(shown[0]).not.toContain('<script');
  });
});
