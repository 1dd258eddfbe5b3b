// HTML from template literals in which every value is escaped unless it is HTML already: forgetting is not possible.
import { printableText } from '../printable-text.js';

/** Text that is HTML; only `html` makes it. */
export interface Html {
  readonly markup: string;
}

/** What may stand in a template: lists are joined; null, undefined and false are left out. */
export type HtmlPart = Html | string | number | false | null | undefined | readonly HtmlPart[];

const CODES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** Text for the inside of an element or of a quoted attribute. */
export function escapeHtml(text: string): string {
  return printableText(text).replace(/[&<>"']/g, (character) => CODES[character]);
}

/**
 * Markup with its values escaped; the template's own indentation is dropped.
 * @example html`<p title="${title}">${count} of ${[a, b]}</p>`
 */
export function html(strings: TemplateStringsArray, ...parts: readonly HtmlPart[]): Html {
  return { markup: strings.map((text, i) => text.replace(/\n\s*/g, '\n') + (i < parts.length ? rendered(parts[i]) : '')).join('') };
}

function rendered(part: HtmlPart): string {
  if (part === null || part === undefined || part === false) return '';
  if (typeof part === 'string') return escapeHtml(part);
  if (typeof part === 'number') return String(part);
  return isHtml(part) ? part.markup : part.map(rendered).join('');
}

const isHtml = (part: Html | readonly HtmlPart[]): part is Html => 'markup' in part;
