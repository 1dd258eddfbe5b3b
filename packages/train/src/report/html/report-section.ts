// Marks that travel with every section, so that a picture of one part of the page cannot be mistaken for a good result.
import { html, type Html } from './html.js';

/** What the marks go by. */
export interface MarkedReport {
  readonly market: { readonly isSynthetic: boolean };
  readonly flaws: readonly string[];
}

/** SYNTHETIC DATA and ARTEFACT, where they hold. */
export function reportBadges({ market, flaws }: MarkedReport): readonly Html[] {
  return [
    ...(flaws.length > 0 ? [html`<span class="badge badge-flawed">ARTEFACT</span>`] : []),
    ...(market.isSynthetic ? [html`<span class="badge badge-synthetic">SYNTHETIC DATA</span>`] : []),
  ];
}

/** A section with its heading and badges; nothing when there is nothing in it. */
export function reportSection(report: MarkedReport, id: string, title: string, body: Html | null): Html | null {
  return (
    body &&
    html`<section aria-labelledby="${id}">
      <div class="section-head"><h2 id="${id}">${title}</h2>${reportBadges(report)}</div>
      ${body}
    </section>`
  );
}
