// Which market, which run, which model: the first line of the page.
import type { SearchReport } from '../../search/search-report.js';
import { formatTime } from '../formats.js';
import { html, type Html } from './html.js';
import { type MarkedReport, reportBadges } from './report-section.js';

/** Brand, market, badges and the facts of the run. */
export function masthead(report: SearchReport): Html {
  const { market, options, run } = report;
  const facts = [
    ['Run', run],
    ['Bars', `${market.bars}, ${formatTime(market.firstOpenMs, market.interval)} to ${formatTime(market.lastOpenMs, market.interval)}`],
    ['Model', options.model],
    ['Features', options.features],
  ];
  return mastheadOf({ name: market.symbol ?? market.file, interval: market.interval, marked: report, facts });
}

/** The same for any report: brand, name, badges and facts. */
export function mastheadOf({ name, interval, marked, facts }: { readonly name: string; readonly interval: string; readonly marked: MarkedReport; readonly facts: readonly (readonly string[])[] }): Html {
  return html`<header class="masthead">
    <div class="brand">${LOGO}<span>ForecastLab</span></div>
    <h1 class="market">${name} <span class="muted">${interval}</span></h1>
    ${reportBadges(marked)}
    <dl class="facts">${facts.map(([fact, value]) => html`<div><dt>${fact}</dt><dd>${value}</dd></div>`)}</dl>
  </header>`;
}

const LOGO = html`<svg width="28" height="28" viewBox="0 0 32 32" aria-hidden="true"><rect width="32" height="32" rx="7" fill="#16202c"/><path d="M6 19l6 5 5-9" fill="none" stroke="#f5924a" stroke-width="3" stroke-linecap="round" stroke-linejoin="round"/><path d="M17 15l9-8" fill="none" stroke="#5aa5f5" stroke-width="3" stroke-linecap="round"/></svg>`;
