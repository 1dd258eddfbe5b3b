// Decides from the findings whether klines can be used. What cannot be put right without inventing data makes them unusable;
// what prepareKlines puts right, or what is true of markets (outages), is a warning.
import type { Finding } from './finding.js';
import type { QualityReport } from './quality-report.js';

type Facts = Omit<QualityReport, 'usable' | 'reasons' | 'warnings'>;

/** The verdict on the findings. */
export function judgeKlines(facts: Facts): Pick<QualityReport, 'usable' | 'reasons' | 'warnings'> {
  const reasons = [
    facts.rows === 0 && 'there is no bar',
    facts.rows > 0 && facts.interval === '' && 'the bars follow no known interval',
    say(facts.contradictions, 'with contradicting prices (high below low, or open or close outside of them)'),
    say(facts.takerAboveVolume, 'with more taker buys than volume'),
    say(facts.quoteMismatch, 'with a quote volume that does not fit volume and prices (another kind of file, such as a coin-margined futures dump, or a cut cell)'),
    say(facts.longBars, 'closing past the end of the interval'),
  ];
  const warnings = [
    facts.gapCount > 0 && `${count(facts.missingBars, 'bar')} missing in ${count(facts.gapCount, 'gap')}`,
    say(facts.duplicates, 'repeating an earlier row (the last is kept)'),
    say(facts.restated, 'restating an earlier bar with other values (the last is kept)'),
    say(facts.outOfOrder, 'out of order (sorted by open time)'),
    say(facts.offGrid, `opening off the ${facts.interval} grid`),
    facts.gridOffsetMs !== 0 && `bars open ${facts.gridOffsetMs / 60_000} minutes off UTC's grid`,
    say(facts.shortBars, 'closing before the interval ends (outages of the exchange)'),
    say(facts.zeroVolume, 'without any trade'),
    say(facts.missingFlow, 'with an empty order-flow cell (taken as missing)'),
    say(facts.frozenBars, 'apparently recorded before the end (little volume, and the next bar opens far from the close): fetch again'),
    say(facts.openBars, 'not closed yet (left out when the file is read)'),
    facts.lastBar.unfinished && `the last bar looks unfinished: ${facts.lastBar.reasons.join('; ')}`,
    facts.rows > 0 && !facts.hasOrderFlow && 'there is no order flow: only baseline features can be computed',
  ];
  const kept = reasons.filter((reason) => reason !== false);
  return { usable: kept.length === 0, reasons: kept, warnings: warnings.filter((warning) => warning !== false) };
}

function say(finding: Finding, what: string): string | false {
  return finding.count > 0 && `${count(finding.count, 'bar')} ${what}`;
}

function count(n: number, thing: string): string {
  return `${n} ${thing}${n === 1 ? '' : 's'}`;
}
