// Draws a chart as SVG text without a browser, by echarts' own server-side renderer.
// The same chart gives the same bytes whatever was drawn before it in this process.
import * as echarts from 'echarts';
import type { Chart } from '../charts/chart.js';

/** The chart as one SVG document. Its ids are unique to its content, so several can stand in one page. */
export function renderChartSvg(chart: Chart): string {
  const instance = echarts.init(null, null, { renderer: 'svg', ssr: true, width: chart.width, height: chart.height });
  try {
    instance.setOption(chart.option);
    return withTitle(withStableIds(withoutHover(instance.renderToSVGString())), chart.title);
  } finally {
    instance.dispose();
  }
}

/** A file is looked at, not pointed at: hover styles and the marks by which a page finds its data go. */
function withoutHover(svg: string): string {
  return svg
    .replace(/<style\b[^>]*>[\s\S]*?<\/style>\s*/g, '')
    .replace(/ class="zr\d+-cls-\d+"/g, '')
    .replace(/ ecmeta_\w+="[^"]*"/g, '');
}

/** echarts numbers its ids by a counter of the process (`zr3-c0`): replaced by a fingerprint of the drawing. */
function withStableIds(svg: string): string {
  const neutral = svg.replace(/\bzr\d+-/g, 'zr-');
  return neutral.replace(/\bzr-/g, `fl${fingerprint(neutral)}-`);
}

function withTitle(svg: string, title: string): string {
  return svg.replace(/^(<svg [^>]*>)/, (tag) => `${tag}\n<title>${escapeXml(title)}</title>`);
}

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** FNV-1a, 32 bits (http://www.isthe.com/chongo/tech/comp/fnv/): short, and only ids hang on it. */
function fingerprint(text: string): string {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i += 1) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return (hash >>> 0).toString(16).padStart(8, '0');
}
