// The shell of a report: one file that needs nothing else, no script, no network, so that it can be mailed, printed and kept.
import { html, type Html } from './html.js';
import { PAGE_STYLE } from './page-style.js';

/** Nothing is loaded and nothing runs, whatever a name or a message may hold. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

const STYLE: Html = { markup: PAGE_STYLE };

/** The whole document. `kind` becomes the class `report-<kind>` of the page. */
export function htmlPage({ title, kind, body }: { readonly title: string; readonly kind: string; readonly body: Html }): string {
  const page = html`<html lang="en" class="report-${kind}">
  <head>
  <meta charset="utf-8">
  <meta http-equiv="Content-Security-Policy" content="${POLICY}">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <meta name="color-scheme" content="light dark">
  <meta name="referrer" content="no-referrer">
  <meta name="robots" content="noindex">
  <title>${title}</title>
  <style>${STYLE}</style>
  </head>
  <body>
  ${body}
  </body>
  </html>`;
  return `<!doctype html>\n${page.markup}\n`;
}
