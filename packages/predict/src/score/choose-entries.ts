// The entries of a scorecard that were asked for.
import { optionError, type ScorecardEntry } from '@forecastlab/core';

export interface EntryChoice {
  /** Entries of these markets, and of several when all of them are among these. Default: all. */
  readonly symbols?: readonly string[] | undefined;
  /** Name of a bundle. Default: all. */
  readonly bundle?: string | undefined;
  /** Default: all. */
  readonly candidate?: string | undefined;
}

/** Throws BAD_OPTION when nothing that was named is there. */
export function chooseEntries(entries: readonly ScorecardEntry[], { symbols, bundle, candidate }: EntryChoice): readonly ScorecardEntry[] {
  const known = (option: string, named: string | undefined, names: readonly string[]): void => {
    if (named !== undefined && !names.includes(named)) throw optionError('score', option, `one that has predictions: ${[...new Set(names)].sort().join(', ') || 'none yet'}`, named);
  };
  known('candidate', candidate, entries.map((entry) => entry.candidate));
  known('bundle', bundle, entries.flatMap(({ deploy_name }) => deploy_name ?? []));
  for (const symbol of symbols ?? []) known('symbols', symbol, entries.flatMap((entry) => entry.symbols));
  return entries.filter(
    (entry) => (candidate === undefined || entry.candidate === candidate) && (bundle === undefined || entry.deploy_name === bundle) && (symbols === undefined || entry.symbols.every((symbol) => symbols.includes(symbol))),
  );
}
