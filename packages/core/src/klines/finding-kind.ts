// The kinds of finding of a quality report, by the names of its fields, and their names for people.

/** A kind of finding. */
export type FindingKind =
  | 'noBars'
  | 'unknownInterval'
  | 'gaps'
  | 'duplicates'
  | 'restated'
  | 'outOfOrder'
  | 'offGrid'
  | 'gridOffset'
  | 'shortBars'
  | 'longBars'
  | 'contradictions'
  | 'takerAboveVolume'
  | 'quoteMismatch'
  | 'missingFlow'
  | 'zeroVolume'
  | 'frozenBars'
  | 'openBars'
  | 'lastBar'
  | 'noOrderFlow';

/** Names for tables and logs, in the order of reports. */
export const FINDING_LABELS: Readonly<Record<FindingKind, string>> = {
  noBars: 'no bars',
  unknownInterval: 'no known bar length',
  gaps: 'missing bars',
  duplicates: 'rows that repeat an earlier row',
  restated: 'rows that restate an earlier bar',
  outOfOrder: 'rows out of order',
  offGrid: 'opens off the grid',
  gridOffset: 'a grid off UTC',
  shortBars: 'bars that close early',
  longBars: 'bars that close late',
  contradictions: 'contradicting prices',
  takerAboveVolume: 'taker buys above volume',
  quoteMismatch: 'quote volume that does not fit',
  missingFlow: 'empty order-flow cells',
  zeroVolume: 'bars without a trade',
  frozenBars: 'bars recorded before their end',
  openBars: 'bars that are still open',
  lastBar: 'a last bar that looks unfinished',
  noOrderFlow: 'no order flow',
};
