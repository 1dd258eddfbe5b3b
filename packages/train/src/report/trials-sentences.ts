// How many candidates were tried, earlier runs on the same market included: the more tries, the better the best looks by chance.
import type { SearchReport } from '../search/search-report.js';
import { count } from './formats.js';

/** One or two sentences, none when nothing was tried; at most five earlier runs are named. */
export function trialsSentences({ trials }: Pick<SearchReport, 'trials'>): readonly string[] {
  const { here, earlier, total } = trials;
  if (total === 0) return [];
  if (total === 1) return ['1 candidate was tried on this market.'];
  if (earlier.length === 0) return [`${total} candidates were tried on this market, and the adjusted p allows for all of them.`];
  const named = earlier.slice(0, 5).map(({ run, candidates }) => `${run}: ${candidates}`);
  const more = earlier.length > named.length ? `, and ${earlier.length - named.length} more` : '';
  return [`${total} candidates were tried on this market: ${here} here, the others in ${count(earlier.length, 'earlier run')} (${named.join(', ')}${more}).`, 'The adjusted p allows for all of them.'];
}
