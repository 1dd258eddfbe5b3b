// forecastlab-viz chart: one chart as an SVG or PNG file.
import { resolve } from 'node:path';
import { defineCommand, option } from '@forecastlab/core/node';
import { buildChart, CHARTS } from '../charts/charts.js';
import { chartFormatOf, writeChart } from '../export/write-chart.js';
import { DATA_OPTIONS } from './data-options.js';
import { dashboardLoader } from './dashboard-loader.js';

const THEME = option.choice(['light', 'dark'], { describe: 'Colours.', default: 'light' });

export const chart = defineCommand({
  path: ['chart'],
  summary: 'Write one chart as an SVG or PNG file.',
  description: `Writes one chart as a file.\n\nCharts:\n${CHARTS.map(({ name, summary }) => `  ${name.padEnd(14)} ${summary}`).join('\n')}`,
  examples: ['chart price --out price.svg', 'chart signals --candidate T14_X8 --days 365 --out signals.png', 'chart probabilities --theme dark --out probabilities.svg', 'chart surface --out surface.svg'],
  positionals: {
    name: option.choice(CHARTS.map((kind) => kind.name), { describe: `Which chart: ${CHARTS.map((kind) => kind.name).join(', ')}.`, required: true }),
  },
  options: {
    ...DATA_OPTIONS,
    out: option.file({ describe: 'File to write; its ending (.svg or .png) says which kind.', required: true }),
    candidate: option.string({ describe: 'Candidate, such as T21_X8. Default: the bundle\'s first.', placeholder: 'C' }),
    theme: THEME,
    width: option.integer({ describe: 'Width in pixels.', default: 1000, min: 320, max: 4000 }),
    scale: option.number({ describe: 'Pixels of a PNG file for each pixel of the chart.', default: 2, min: 1, max: 4 }),
  },
  async run(options, context) {
    const file = resolve(context.cwd, options.out);
    chartFormatOf(file);
    const data = await (await dashboardLoader(options, context))({ days: options.days });
    context.signal.throwIfAborted();
    const built = buildChart(options.name, data, {
      theme: options.theme,
      width: options.width,
      ...(options.candidate === undefined ? {} : { candidate: options.candidate }),
    });
    const written = await writeChart(built, file, { scale: options.scale });
    return { json: { ...written, chart: built.name, title: built.title, synthetic: data.synthetic }, text: `${built.title}: ${written.file} (${written.bytes} bytes)` };
  },
});
