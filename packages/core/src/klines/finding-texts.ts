// What each kind of finding is, why it happens and what it does, and the way out: the words of `data check`.
// How the exchange behaves: Binance spot API (klines, market data only), its archive of klines, and the issues of both.
import type { FindingKind } from './finding-kind.js';
import type { QualityReport } from './quality-report.js';

/** `unusable`: training or predicting on the bars would be wrong; `warning`: look at it; `note`: true of markets, or mended when read. */
export type Severity = 'unusable' | 'warning' | 'note';

export interface FindingText {
  readonly severity: Severity;
  /** What was found, one sentence. */
  what(count: number, report: QualityReport): string;
  /** Why it happens, and what it does to labels and features. */
  readonly meaning: string;
  /** The way out. */
  readonly remedy: string;
}

const AGAIN = 'Stored klines: forecastlab-train data update --repair fetches these bars again and writes what the exchange has now.';
const FILE_AGAIN = 'A file: get it again, or delete these rows and add the bars of the exchange.';

export const FINDING_TEXTS: Readonly<Record<FindingKind, FindingText>> = {
  noBars: {
    severity: 'unusable',
    what: () => 'There is no bar at all.',
    meaning: 'The symbol was not listed yet in the span that was asked for, or the file holds something else.',
    remedy: 'Ask for a later span, or get the bars with forecastlab-train data update.',
  },
  unknownInterval: {
    severity: 'unusable',
    what: () => 'The bars follow no known bar length, 1s to 1M.',
    meaning: 'Bars of several lengths stand in one file, or each bar holds so many trades or dollars and not so much time. Labels look T bars ahead, which says nothing when bars differ in length.',
    remedy: 'Give a file of one bar length; for a file with a single bar, say which one: --interval.',
  },
  gaps: {
    severity: 'warning',
    what: (count, { gapCount }) => `${plural(count, 'bar is', 'bars are')} missing, in ${plural(gapCount, 'gap', 'gaps')}.`,
    meaning:
      'The exchange was down and nothing was traded (its outages of 2018-02-08 and 2020-11-30 are well known), or the download was not whole. No bar is made up for them: one with zero volume would pass for a quiet market. Windows of labels and features count bars, so those that reach over a gap span more time, and the jump over it counts as a move of one bar.',
    remedy: 'Stored klines: forecastlab-train data update --repair asks the exchange for every gap once. What it has is filled in; what it does not have is noted in the manifest as confirmed, and nothing is left to do. A file: get the missing bars, if the exchange has them.',
  },
  duplicates: {
    severity: 'note',
    what: (count) => `${plural(count, 'row repeats', 'rows repeat')} an earlier row, value for value.`,
    meaning: 'Files that overlap were put together, or an append ran twice. Each bar is read once, so labels and features do not change.',
    remedy: 'Nothing must be done. forecastlab-train data update --repair writes stored klines without the repeated rows, and fetches nothing for it.',
  },
  restated: {
    severity: 'warning',
    what: (count) => `${plural(count, 'row gives', 'rows give')} other values for a bar that an earlier row has too.`,
    meaning:
      'The earlier row was taken before its bar had closed, or the exchange corrected the bar since: its archive and its API still differ on volume and taker buys of BTCUSDT in four days of 2021, by up to 2.5 %. The last row counts; a model that was trained on the earlier one saw other features.',
    remedy: `${AGAIN} ${FILE_AGAIN}`,
  },
  outOfOrder: {
    severity: 'note',
    what: (count) => `${plural(count, 'row opens', 'rows open')} before the row above.`,
    meaning: 'Files were put together in another order, or newest first. Bars are sorted by open time when they are read, so labels and features do not change.',
    remedy: 'Nothing must be done. forecastlab-train data update --repair writes stored klines in order, and fetches nothing for it.',
  },
  offGrid: {
    severity: 'warning',
    what: (count, { interval }) => `${plural(count, 'bar does', 'bars do')} not open on the grid of ${interval}.`,
    meaning: 'After an outage the exchange has opened bars seconds late (February 2018: about 14 seconds); otherwise a time was edited or read in a wrong unit. Bars are joined on open time, so such a bar meets no other source.',
    remedy: `${AGAIN} Bars that the exchange itself has off the grid stay, noted as confirmed. ${FILE_AGAIN}`,
  },
  gridOffset: {
    severity: 'note',
    what: (_, { gridOffsetMs }) => `Most bars open ${gridOffsetMs / 60_000} minutes off the grid of UTC.`,
    meaning: 'The bars were cut in another time zone, as those of stock exchanges are; three-day bars of the exchange also count from a day of their own. Labels and features are right in themselves, but do not match bars of UTC.',
    remedy: 'Nothing, when that is what you want. Otherwise take bars of UTC: leave away the timeZone of a request to the exchange, as forecastlab-train data update does.',
  },
  shortBars: {
    severity: 'note',
    what: (count) => `${plural(count, 'bar closes', 'bars close')} before the interval ends.`,
    meaning: 'The exchange stopped in the middle of the bar (on 2018-02-08 the day closed at about 00:28), or the bar was taken before its end. Volume and range cover less time than those of its neighbours, so they look quieter than the market was.',
    remedy: `${AGAIN} A bar that comes back just as short is true: it stays, noted as confirmed. ${FILE_AGAIN}`,
  },
  longBars: {
    severity: 'unusable',
    what: (count) => `${plural(count, 'bar closes', 'bars close')} after the interval ends.`,
    meaning: 'The bar length is another than was said, or a time was edited. Such a bar holds trades of the next one: its features would know the future, and forecasts would look better than they are.',
    remedy: `Is the interval right? ${AGAIN} ${FILE_AGAIN}`,
  },
  contradictions: {
    severity: 'unusable',
    what: (count) => `${plural(count, 'bar has a high below its', 'bars have a high below their')} low, or an open or close outside of them.`,
    meaning: 'No trade can do that: columns were mixed up, cells were edited, or adjusted and raw prices stand in one row. Labels follow the prices, so they would be invented.',
    remedy: `${AGAIN} ${FILE_AGAIN}`,
  },
  takerAboveVolume: {
    severity: 'unusable',
    what: (count) => `${plural(count, 'bar has', 'bars have')} more taker buys than volume.`,
    meaning: 'Taker buys are a part of the volume. Base and quote columns were mixed up, or the row was put together from two versions of the bar. Taker ratios would be above 1, where no real bar is.',
    remedy: `${AGAIN} ${FILE_AGAIN}`,
  },
  quoteMismatch: {
    severity: 'unusable',
    what: (count) => `${plural(count, 'bar has a quote volume that does not fit its', 'bars have a quote volume that does not fit their')} volume and prices.`,
    meaning: 'Quote volume divided by volume is the average price, which lies between low and high. In many bars at once: another kind of file, such as coin-margined futures, whose volume counts contracts. In one bar: a cell that was cut or edited.',
    remedy: `Take the files of spot or of USD-margined futures. ${AGAIN} ${FILE_AGAIN}`,
  },
  missingFlow: {
    severity: 'warning',
    what: (count) => `${plural(count, 'bar has', 'bars have')} an empty cell of order flow, in columns that are filled elsewhere.`,
    meaning: 'The source lacked them for some time, or the row was cut. An empty cell is taken as missing and never as zero; features that need it are missing as well, as long as it lies in their windows.',
    remedy: `${AGAIN} ${FILE_AGAIN}`,
  },
  zeroVolume: {
    severity: 'note',
    what: (count) => `In ${plural(count, 'bar', 'bars')} nothing was traded.`,
    meaning: 'A market that few trade has such bars, and so has the exchange around an outage. The price stands still; ratios such as taker buys by volume are 0 / 0 there and taken as missing. Where many bars are so, labels say little.',
    remedy: 'Nothing must be done, and --repair leaves them alone. When there are many, take longer bars or another market.',
  },
  frozenBars: {
    severity: 'warning',
    what: (count) => count === 1 ? '1 bar looks recorded before its end: little was traded, and the next bar opens far from its close.' : `${count} bars look recorded before their end: little was traded, and the next bars open far from their closes.`,
    meaning: 'A download took the bar while it was open, and no later one corrected it. Its close and volume are then those of a moment in the middle, and features of that bar and labels that reach over it are wrong. In a thin market a true bar may look like this, too.',
    remedy: `${AGAIN} A bar that comes back the same is true: it stays, noted as confirmed. ${FILE_AGAIN}`,
  },
  openBars: {
    severity: 'note',
    what: (count) => `${plural(count, 'bar has', 'bars have')} not closed yet: ${count === 1 ? 'its close time lies' : 'their close times lie'} ahead.`,
    meaning: 'The exchange sends the bar that is still open along, with the close time that it will have. Its values change until then, so it is left out when the file is read; labels and features do not see it. When the bar must have closed, the clock of this machine is slow.',
    remedy: 'Nothing must be done. To have the bar, get the file again after its close.',
  },
  lastBar: {
    severity: 'warning',
    what: (_, { lastBar }) => `The last bar looks unfinished: ${lastBar.reasons.join('; ')}.`,
    meaning: 'The exchange sends the bar that is still open along, with the close time that it will have; files that were downloaded in the middle of a bar end with it. Its values change until it closes, so a forecast from it is none. A bar that was recorded late in its time cannot be told from a whole one.',
    remedy: 'The bar is left out when a file is read. Stored klines: forecastlab-train data update stores bars only after the clock of the exchange has passed their close; --repair fetches this one again. A file: get it again when the bar has closed.',
  },
  noOrderFlow: {
    severity: 'warning',
    what: () => 'There is no order flow: quote volume, trade count or taker buys are absent.',
    meaning: 'Sources such as Yahoo and stock files have prices and volume only. Features of order flow cannot be computed.',
    remedy: 'Take --features baseline, which prices and volume are enough for, or the bars of the exchange: forecastlab-train data update.',
  },
};

/** Of stock exchanges, whose files have no bars on weekends: the gaps that are left are holidays, and no exchange that we fetch from has the bars. */
const STOCK_GAPS: FindingText = {
  ...FINDING_TEXTS.gaps,
  meaning:
    'The bars have no weekends, as those of a stock exchange; the other days without a bar are its holidays, or the download was not whole. No bar is made up for them: one with zero volume would pass for a quiet market. Windows of labels and features count bars, that is trading days.',
  remedy: 'Nothing, where the days are holidays of that exchange. For others, get the file again from where it came.',
};

/** The words for a kind of finding of this report. */
export function findingText(kind: FindingKind, report: Pick<QualityReport, 'closesOnWeekends'>): FindingText {
  return kind === 'gaps' && report.closesOnWeekends ? STOCK_GAPS : FINDING_TEXTS[kind];
}

function plural(count: number, one: string, many: string): string {
  return `${count} ${count === 1 ? one : many}`;
}
