// Collects the rows of one finding: counts all, lists the first.
import { type Finding, MAX_LISTED } from './finding.js';

export class FindingList implements Finding {
  count = 0;
  readonly rows: number[] = [];
  readonly #maxListed: number;

  constructor(maxListed: number = MAX_LISTED) {
    this.#maxListed = maxListed;
  }

  add(row: number): void {
    this.count += 1;
    if (this.rows.length < this.#maxListed) this.rows.push(row);
  }
}

/** A finding with these rows. */
export function findingOf(rows: Iterable<number>, maxListed: number = MAX_LISTED): Finding {
  const list = new FindingList(maxListed);
  for (const row of rows) list.add(row);
  return { count: list.count, rows: list.rows };
}
