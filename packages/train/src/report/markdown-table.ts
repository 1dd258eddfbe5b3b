// Tables of GitHub's Markdown dialect, laid out so that they read well without being rendered.

export interface MarkdownColumn {
  readonly header: string;
  readonly align?: 'left' | 'right';
}

/** Rows of ready Markdown (escape what is foreign); columns are as wide as their widest cell. */
export function markdownTable(columns: readonly MarkdownColumn[], rows: readonly (readonly string[])[]): string {
  const widths = columns.map(({ header }, i) => Math.max(3, header.length, ...rows.map((row) => row[i].length)));
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  const fit = (cell: string, i: number): string => (columns[i].align === 'right' ? cell.padStart(widths[i]) : cell.padEnd(widths[i]));
  const rule = columns.map(({ align }, i) => (align === 'right' ? `${'-'.repeat(widths[i] - 1)}:` : '-'.repeat(widths[i])));
  return [line(columns.map(({ header }, i) => fit(header, i))), line(rule), ...rows.map((row) => line(row.map(fit)))].join('\n');
}
