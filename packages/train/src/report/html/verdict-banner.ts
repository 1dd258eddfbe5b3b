// The first thing on the page: is there skill? Then what makes the numbers doubtful, and how many were tried.
import type { SearchReport } from '../../search/search-report.js';
import { cautions } from '../cautions.js';
import { trialsSentences } from '../trials-sentences.js';
import { verdictWords } from '../verdict-words.js';
import { html, type Html } from './html.js';

/** The banner of the verdict with the warnings below it. */
export function verdictBanner(report: SearchReport): Html {
  const { kind, headline, sentences } = verdictWords(report);
  const warnings = cautions(report);
  return html`<div class="banner banner-${kind}">
    <span class="banner-icon" aria-hidden="true">${{ skill: '✓', none: '!', empty: '!', flawed: '✕' }[kind]}</span>
    <div><p class="headline">${headline}</p><p>${sentences.join(' ')}</p></div>
  </div>
  ${warnings.length > 0 && html`<ul class="warnings" aria-label="Warnings">${warnings.map((warning) => html`<li>${warning}</li>`)}</ul>`}
  <p class="tried">${trialsSentences(report).join(' ')}</p>`;
}
