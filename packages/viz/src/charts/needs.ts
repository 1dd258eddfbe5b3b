// What a chart cannot be drawn without, and the plain error when it is missing.
import { ForecastLabError, optionError } from '@forecastlab/core';
import type { CandidateHistory, DashboardData, MarketView } from '../data/dashboard-data.js';

/** The market of the data. @throws BAD_DATA when there is none. */
export function needMarket(data: DashboardData, chart: string): MarketView {
  if (data.market !== null && data.market.bars.openTimeMs.length > 0) return data.market;
  throw new ForecastLabError('BAD_DATA', `The chart "${chart}" needs klines, and there are none.`, {
    hint: data.notices[0]?.command ?? 'Get klines first: forecastlab-train data update --source sample.',
  });
}

/** The history of one candidate. @throws BAD_DATA when no candidate has one, BAD_OPTION when the named one has none. */
export function needHistory(data: DashboardData, chart: string, candidate: string | undefined): CandidateHistory {
  const names = data.history.map((history) => history.candidate);
  if (names.length === 0) {
    const reason = data.notices.find(({ kind }) => kind === 'problem')?.message;
    if (reason !== undefined) throw new ForecastLabError('BAD_DATA', `The chart "${chart}" needs probabilities, and there are none. ${reason}`, { hint: 'Give klines of the bundle\'s market, or activate a bundle of theirs.' });
    throw new ForecastLabError('BAD_DATA', `The chart "${chart}" needs probabilities, and there are none: no bundle is active.`, {
      hint: 'Train and activate one first: forecastlab-train bundle --data FILE --candidates T21_X8,T14_X8 --activate.',
    });
  }
  const found = candidate === undefined ? data.history[0] : data.history.find((history) => history.candidate === candidate);
  if (found !== undefined) return found;
  throw optionError(`the chart "${chart}"`, 'candidate', `one of ${names.join(', ')}`, candidate);
}
