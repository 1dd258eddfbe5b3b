// Every key that forecastlab.config.json may hold at its top level. The file is shared by the three programs, and each
// knows only its own options: this list lets every one of them tell a slip of the finger from another program's key.

/** Top-level keys; `jobs` and `commands` hold objects, the others an option's value. */
export const CONFIG_KEYS: readonly string[] = [
  // every command
  'store', 'json', 'quiet', 'commands',
  // data
  'symbol', 'symbols', 'interval', 'start', 'end', 'source', 'venue', 'baseUrl', 'dumpsUrl', 'repair', 'data', 'signal',
  // training
  'candidates', 'features', 'model', 'params', 'seed', 'labelWindow', 'tieBreak', 'touch', 'classWeights', 'calibration', 'window', 'preset', 'tune', 'consistency',
  'name', 'activate', 'allowFlawedLabels', 'why', 'T', 'X', 'V', 'initTrain', 'oosWindow', 'step', 'purge', 'embargo', 'topK', 'from',
  'threads', 'run', 'resume', 'refitEvery', 'sampleWeights', 'shuffledFolds', 'rankBy', 'out', 'cuts',
  'symbols', 'leader', 'symbolWeights', 'firstTest', 'alone', 'signals', 'repeats', 'block', 'groupCorrelated', 'loss', 'format',
  // predicting
  'asof', 'dryRun', 'allowMissingLeader', 'force', 'bundle', 'to', 'deadline', 'write', 'jobs',
  // operating: each has a line of its own
  'alerts',
  'logs',
  'policy',
  'gateRows',
  'margin',
  'keep',
  'rows',
  'limit',
  'maxDays',
  'job',
  'what',
  'unit',
  'system',
  'alert',
  'stopWithin',
  'tick',
  'timeout',
  // showing
  'host', 'port', 'token', 'days', 'candidate', 'theme', 'width', 'scale',
];
