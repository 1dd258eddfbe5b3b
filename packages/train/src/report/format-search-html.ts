// report.html: one file that needs nothing else, no script, no network, so that it can be mailed, printed and kept.
import type { SearchReport } from '../search/search-report.js';
import { foremostCandidates } from './best-candidate.js';
import { marketName } from './describe-search.js';
import { count } from './formats.js';
import { candidateDetails } from './html/candidate-details.js';
import { forestPlot } from './html/forest-plot.js';
import { heatMap } from './html/heat-map.js';
import { failureSection, howSection, readingSection } from './html/how-section.js';
import { html, type Html } from './html/html.js';
import { masthead } from './html/masthead.js';
import { overviewTable } from './html/overview-table.js';
import { htmlPage } from './html/html-page.js';
import { reportSection } from './html/report-section.js';
import { verdictBanner } from './html/verdict-banner.js';
import { verdictWords } from './verdict-words.js';

/**
 * The report as a self-contained page; the same report gives the same bytes. Texts of the report are escaped.
 * @example await store.write(`${folder}/report.html`, formatSearchHtml(report))
 */
export function formatSearchHtml(report: SearchReport): string {
  const { kind, headline } = verdictWords(report);
  return htmlPage({
    title: `${headline} ${marketName(report)}, ${report.run}`,
    kind,
    body: html`${masthead(report)}
  <main>
  ${verdictBanner(report)}
  ${reportSection(report, 'candidates', 'Candidates', overviewTable(report))}
  ${reportSection(report, 'grid', 'Skill by horizon and move', heatMap(report))}
  ${reportSection(report, 'intervals', 'Skill with intervals', forestPlot(report))}
  ${reportSection(report, 'details', 'Each candidate', allDetails(report))}
  ${reportSection(report, 'failures', `${count(report.failures.length, 'candidate')} failed`, failureSection(report))}
  ${reportSection(report, 'how', 'How it was done', howSection(report))}
  ${reportSection(report, 'reading', 'How to read this', readingSection(report))}
  </main>
  <footer class="footer">Made by forecastlab-train search. A forecast that did well in the past may not do well in the future.</footer>`,
  });
}

function allDetails(report: SearchReport): Html | null {
  if (report.candidates.length === 0) return null;
  const [foremost] = foremostCandidates(report);
  return html`${report.candidates.map((candidate, place) => candidateDetails(report, candidate, { place, isOpen: candidate === foremost }))}`;
}
