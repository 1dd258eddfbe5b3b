// What the options of a search were, for the tables of a report.
import type { SearchReport } from '../search/search-report.js';

/** Name and value of every option, as used. */
export function describeOptions({ options, trials }: SearchReport): readonly (readonly [name: string, value: string])[] {
  const { labelOptions } = options;
  const { refitEvery, trainWindow, from } = options;
  const params = JSON.stringify(options.params);
  return [
    ...optional('Preset', options.preset ?? null),
    ['Features', options.features],
    ...optional('Leading market', options.leader === undefined ? null : (options.leader.symbol ?? options.leader.file)),
    ['Model', options.model],
    ['Hyper-parameters', params === '{}' ? 'the model\'s own' : params],
    ['Class weights', options.classWeights],
    ['Sample weights', options.sampleWeights],
    ['Calibration', options.calibration],
    ['Label window', labelOptions.window === 'trailing' ? 'trailing (flawed)' : labelOptions.window],
    ['Tie break', labelOptions.tieBreak],
    ['Price that must touch', labelOptions.touch],
    ['Purge', options.isPurged ? 'yes' : 'no (flawed)'],
    ['Embargo, bars', String(options.embargo)],
    ['First training window, rows', String(options.initTrain)],
    ['Test window, rows', String(options.oosWindow)],
    ['Step, rows', String(options.step)],
    ['Training window', trainWindow === null ? options.window : `${options.window}, ${trainWindow} rows`],
    ...optional('Fit again every so many rows', refitEvery),
    ['Folds fitted on shuffled labels too', String(options.shuffledFolds)],
    ['Candidates ordered by', options.rankBy],
    ...optional('Candidates taken from run', from),
    ['Seed', String(options.seed)],
    ['Candidates here', String(trials.here)],
  ];
}

function optional(name: string, value: string | number | null): readonly (readonly [string, string])[] {
  return value === null ? [] : [[name, String(value)]];
}
