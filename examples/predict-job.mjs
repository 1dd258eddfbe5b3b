// What a container runs once a day: the prediction of the newest closed bar, one JSON line per event, an exit code.
//   FORECASTLAB_ROOT  folder (a mounted volume) with data/, models/ and outputs/. Default: the current folder
//   FORECASTLAB_DATA  klines file. Default: the stored klines of the active bundle's market
// Exit codes: 0 done, or done before · 2 a setting or a file is wrong · 75 try again later · 1 anything else.
import { exitCodeOf, openFolderStore } from '@forecastlab/core/node';
import { runPrediction } from '@forecastlab/predict';

const say = (severity, event) => console.log(JSON.stringify({ severity, ...event }));
const { FORECASTLAB_ROOT: root = process.cwd(), FORECASTLAB_DATA: dataFile } = process.env;

try {
  const { prediction, outcome, dataWarnings } = await runPrediction({
    store: openFolderStore(root),
    nowMs: Date.now(),
    ...(dataFile === undefined ? {} : { dataFile }),
  });
  for (const message of [...dataWarnings, ...prediction.warnings]) say('WARNING', { message });
  for (const { candidate, pred_label, pred_proba } of prediction.predictions) say('INFO', { candidate, pred_label, pred_proba });
  say('INFO', { message: `prediction of ${prediction.asof_date}: ${outcome.status}`, path: outcome.path });
} catch (error) {
  say('ERROR', { code: error.code ?? 'FAILED', message: error.message, hint: error.hint });
  process.exitCode = exitCodeOf(error);
}
