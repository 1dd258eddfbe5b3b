// report.html of an evidence run: the verdict, one table, then when and where it holds, and how it was made.
import { html, type Html } from '../report/html/html.js';
import { htmlPage } from '../report/html/html-page.js';
import { mastheadOf } from '../report/html/masthead.js';
import { type MarkedReport, reportSection } from '../report/html/report-section.js';
import { formatTime, listWords } from '../report/formats.js';
import type { EvidenceReport } from './evidence-report.js';
import type { EvidenceSection } from './evidence-section.js';
import { ablationTable, calibrationTable, MAIN_CAPTION, mainTable, stabilityTables } from './evidence-tables.js';
import { EVIDENCE_DEFINITIONS, evidenceLimits, evidenceOptions, evidenceTrials, marketLine } from './evidence-words.js';
import { evidenceDetails } from './html/evidence-details.js';
import { evidenceForest } from './html/evidence-forest.js';
import { evidenceTable } from './html/evidence-table.js';

/** So many markets are named in the masthead. */
const MOST_NAMES = 6;

/**
 * The report as a self-contained page; the same report gives the same bytes. Texts of the report are escaped. `sections`: parts made
 * elsewhere, set before "How it was done".
 * @example await store.replace(`${folder}/report.html`, new TextEncoder().encode(formatEvidenceHtml(report)))
 */
export function formatEvidenceHtml(report: EvidenceReport, { sections = [] }: { readonly sections?: readonly EvidenceSection[] } = {}): string {
  const { markets, interval, verdict, pooled, alone } = report;
  const marked: MarkedReport = { flaws: [], market: { isSynthetic: markets.some(({ isSynthetic }) => isSynthetic) } };
  const section = (id: string, title: string, body: Html | null): Html | null => reportSection(marked, id, title, body);
  const ablation = ablationTable(report);
  const names = markets.map(({ symbol }) => symbol);
  const name = names.length <= MOST_NAMES ? listWords(names) : `${names.length} markets`;
  const facts = [
    ['Run', report.run],
    ...(pooled.length === 0 ? [] : [['Test bars', `${formatTime(Math.min(...pooled.map(({ firstMs }) => firstMs)), interval)} to ${formatTime(Math.max(...pooled.map(({ lastMs }) => lastMs)), interval)}`]]),
    ['Candidates', String(pooled.length)],
  ];
  return htmlPage({
    title: `${verdict.headline} ${name} ${interval}, ${report.run}`,
    kind: verdict.hasSkill ? 'skill' : 'none',
    body: html`${mastheadOf({ name, interval, marked, facts })}
    <main>
    ${banner(report)}
    ${section('candidates', 'One model for all markets', pooled.length === 0 ? null : html`${evidenceTable(mainTable(pooled, { title: 'One model for all markets', caption: MAIN_CAPTION }), { links: pooled.map((_, i) => `#c${i}`) })}`)}
    ${section('intervals', 'Skill with intervals', evidenceForest(pooled))}
    ${section('ablation', ablation?.title ?? '', ablation === null ? null : evidenceTable(ablation))}
    ${section('stability', 'When and where', stability(report))}
    ${section('alone', 'A model for each market alone', alone.length === 0 ? null : html`${alone.map(({ symbol, evidence }) => html`<h3>${symbol}</h3>${evidenceTable(mainTable(evidence, { title: `${symbol} alone`, caption: 'Fitted and judged on this market alone.' }))}`)}`)}
    ${section('calibration', 'Calibration', pooled.length === 0 ? null : evidenceTable(calibrationTable(report)))}
    ${section('details', 'Each candidate', pooled.length === 0 ? null : html`${pooled.map((evidence, place) => evidenceDetails(evidence, { place, interval }))}`)}
    ${sections.map(({ id, title, html: body }) => section(id, title, body))}
    ${section('failures', 'What failed', failures(report))}
    ${section('how', 'How it was done', how(report))}
    ${section('limits', 'What it does not say', html`<div class="card"><ul class="limits">${evidenceLimits(report).map((limit) => html`<li>${limit}</li>`)}</ul></div>`)}
    ${section('reading', 'How to read this', html`<dl class="card definitions">${EVIDENCE_DEFINITIONS.map(({ term, meaning }) => html`<div><dt>${term}</dt><dd>${meaning}</dd></div>`)}</dl>`)}
    </main>
    <footer class="footer">Made by forecastlab-train evidence. A forecast that did well in the past may not do well in the future.</footer>`,
  });
}

/** The answer first, then what makes it doubtful, and how many were tried. */
function banner(report: EvidenceReport): Html {
  const { verdict, warnings } = report;
  return html`<div class="banner banner-${verdict.hasSkill ? 'skill' : 'none'}">
    <span class="banner-icon" aria-hidden="true">${verdict.hasSkill ? '✓' : '!'}</span>
    <div><p class="headline">${verdict.headline}</p><p>${verdict.sentences.join(' ')}</p></div>
  </div>
  ${warnings.length > 0 && html`<ul class="warnings" aria-label="Warnings">${warnings.map((warning) => html`<li>${warning}</li>`)}</ul>`}
  <p class="tried">${evidenceTrials(report)}</p>`;
}

function stability(report: EvidenceReport): Html | null {
  const tables = stabilityTables(report);
  return tables.length === 0 ? null : html`${tables.map((table) => html`<h3>${table.title}</h3>${evidenceTable(table)}`)}`;
}

function how(report: EvidenceReport): Html {
  const rows = [...report.markets.map((market) => [market.symbol, marketLine(market, report.interval)]), ...evidenceOptions(report)];
  return html`<div class="card">
    <div class="table-scroll" tabindex="0" role="region" aria-label="Options"><table class="narrow options"><caption class="visually-hidden">Markets and options</caption><tbody>${rows.map(([name, value]) => html`<tr><th scope="row">${name}</th><td>${value}</td></tr>`)}</tbody></table></div>
    <h3>To repeat it, with bars of the same fingerprints at hand</h3>
    <pre class="command" tabindex="0"><code>${report.command}</code></pre>
  </div>`;
}

function failures({ failures: failed }: EvidenceReport): Html | null {
  if (failed.length === 0) return null;
  return html`<ul class="card failures">${failed.map(({ candidate, message, hint }) => html`<li><b>${candidate}</b>: ${message}${hint !== null && html`<br><span class="muted">${hint}</span>`}</li>`)}</ul>`;
}
