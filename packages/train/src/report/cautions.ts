// What must be said before any number: prices that are made up, and the warnings of the search.
import type { SearchReport } from '../search/search-report.js';

const SYNTHETIC = 'Synthetic prices: they are made by a seeded generator, with a signal planted in them, and say nothing about any real market.';

/** Warnings in the order of their weight, none twice. Flaws are the verdict's to tell. */
export function cautions({ market, warnings }: SearchReport): readonly string[] {
  const isSaid = warnings.some((warning) => warning.startsWith('Synthetic prices'));
  return [...new Set([...(market.isSynthetic && !isSaid ? [SYNTHETIC] : []), ...warnings])];
}
