// The command that does an evidence run again.
import { quoteWord } from '../report/repeat-command.js';
import type { EvidenceMeta } from './evidence-meta.js';

/** One line for a POSIX shell; files are named without their folders. */
export function repeatEvidenceCommand({ run, interval, markets, candidates, options }: EvidenceMeta): string {
  // imported files are stored klines whose source is a file; their names say that they are stored
  const isStored = markets.every(({ source, symbol, file }) => source !== 'file' || (file.startsWith('binance_') && file.includes(`${symbol}_${interval}`)));
  const { model, alone, firstTestMs, initTrain, refitEvery, window, embargo, seed, leader, features, hasSignals } = options;
  const flags: (readonly [name: string, value: string | number | null])[] = [
    ['data', isStored ? null : markets.map(({ file }) => file).join(',')],
    ['symbols', markets.map(({ symbol }) => symbol).join(',')],
    ['interval', interval],
    ['candidates', candidates.join(',')],
    ['preset', model.preset],
    ['features', features],
    ['model', model.kind],
    ['params', Object.keys(model.params).length === 0 ? null : JSON.stringify(model.params)],
    ['calibration', model.calibration],
    ['sample-weights', model.sampleWeights],
    ['symbol-weights', model.symbolWeights],
    ['leader', leader === null ? 'none' : (leader.symbol ?? leader.file)],
    ['first-test', firstTestMs === null ? null : new Date(firstTestMs).toISOString().replace('T00:00:00.000Z', '')],
    ['init-train', initTrain],
    ['refit-every', refitEvery],
    ['window', window],
    ['embargo', embargo],
    ['seed', seed],
    ['run', run],
  ];
  const said = flags.flatMap(([name, value]) => (value === null ? [] : [`--${name} ${quoteWord(String(value))}`]));
  return ['forecastlab-train evidence', ...said, ...(alone === null ? [] : ['--alone']), ...(hasSignals ? [] : ['--no-signals'])].join(' ');
}
