// Text that must stay text in Markdown (CommonMark, and the tables of GitHub's dialect), and stay readable as it is.
import { printableText } from './printable-text.js';

/**
 * Escapes what Markdown or HTML would read as markup; an underscore inside a word, as in `T21_X8`, means nothing and stays.
 * @example escapeMarkdown('T21_X8 | <b>') // 'T21_X8 \\| &lt;b&gt;'
 */
export function escapeMarkdown(text: string): string {
  return escapeMarkdownCell(text).replace(/^(\s*)([#+=-]|\d+(?=[.)]))/, '$1&#8203;$2');
}

/** The same inside a cell of a table, where no list and no heading can begin: numbers stay as they are. */
export function escapeMarkdownCell(text: string): string {
  return printableText(text)
    .replace(/[\\`*[\]|~]/g, '\\$&')
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])/g, '\\_');
}

/** A code span that shows the text exactly, whatever backticks it holds. */
export function markdownCode(text: string): string {
  const plain = printableText(text);
  const longest = Math.max(0, ...[...plain.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  const pad = longest > 0 ? ' ' : '';
  // A bar would end the cell of a table even inside a code span, unless it is escaped.
  return `${fence}${pad}${plain.replace(/\|/g, '\\|')}${pad}${fence}`;
}
