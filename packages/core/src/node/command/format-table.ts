// Plain text tables for terminals and logs.

/** A column of a text table. */
export interface TableColumn<Row> {
  readonly header: string;
  /** The cell's text; numbers are printed as they are and aligned right. */
  readonly value: (row: Row) => string | number;
  /** Default: right when every cell is a number, else left. */
  readonly align?: 'left' | 'right';
}

/**
 * Header, rule and one line per row; columns two spaces apart, no trailing blanks.
 * @example formatTable([{ name: 'a', n: 1 }], [{ header: 'name', value: (row) => row.name }, { header: 'n', value: (row) => row.n }])
 */
export function formatTable<Row>(rows: readonly Row[], columns: readonly TableColumn<Row>[]): string {
  const cells = columns.map((column) => rows.map((row) => column.value(row)));
  const laidOut = columns.map((column, i) => {
    const right = column.align === undefined ? rows.length > 0 && cells[i].every((cell) => typeof cell === 'number') : column.align === 'right';
    const texts = cells[i].map(String);
    const width = Math.max(column.header.length, ...texts.map((text) => text.length));
    const fit = (text: string): string => (right ? text.padStart(width) : text.padEnd(width));
    return { header: fit(column.header), rule: '-'.repeat(width), texts: texts.map(fit) };
  });
  const line = (parts: readonly string[]): string => parts.join('  ').trimEnd();
  return [
    line(laidOut.map((column) => column.header)),
    line(laidOut.map((column) => column.rule)),
    ...rows.map((_, row) => line(laidOut.map((column) => column.texts[row]))),
  ].join('\n');
}
