// The out-of-sample predictions behind the scores of a candidate, as a file that any tool reads.
import type { WalkForwardPredictions } from '../validation/walk-forward/walk-forward-evaluation.js';
import { MAX_WALK_FORWARD_BYTES } from './bundle-limits.js';
import { corruptBundle } from './corrupt-bundle.js';
import { decodeUtf8, encodeUtf8 } from '../bytes/utf8.js';

const HEADER = 'asof_date,fold,label,p_down,p_neutral,p_up';
const DAY_MS = 86_400_000;
// A UTC date, or for bars shorter than a day date and time; then fold, label, three probabilities.
const ROW = /^(\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}:\d{2}(?:\.\d{3})?Z)?),(\d{1,7}),(-1|0|1),([0-9.e-]{1,30}),([0-9.e-]{1,30}),([0-9.e-]{1,30})$/;

/** CSV with one row per test row. `asof_date` is the UTC date of the bar's open, with the time where some bar opens within a day. */
export function formatWalkForwardCsv(predictions: WalkForwardPredictions): Uint8Array {
  const { openTimeMs, fold, label, pDown, pNeutral, pUp } = predictions;
  const isDaily = openTimeMs.every((time) => time % DAY_MS === 0);
  const lines = [HEADER];
  for (let row = 0; row < openTimeMs.length; row += 1) {
    const time = new Date(openTimeMs[row]).toISOString();
    lines.push([isDaily ? time.slice(0, 10) : time.replace('.000Z', 'Z'), fold[row], label[row], pDown[row], pNeutral[row], pUp[row]].join(','));
  }
  return encodeUtf8(`${lines.join('\n')}\n`);
}

/** Reads what `formatWalkForwardCsv` wrote. Throws CORRUPT naming file and line. */
export function parseWalkForwardCsv(bytes: Uint8Array, options: { readonly file: string }): WalkForwardPredictions {
  const { file } = options;
  if (bytes.length > MAX_WALK_FORWARD_BYTES) throw corruptBundle(file, `it has ${bytes.length} bytes, at most ${MAX_WALK_FORWARD_BYTES} are expected`);
  let lines: string[];
  try {
    lines = decodeUtf8(bytes).split('\n');
  } catch (cause) {
    throw corruptBundle(file, 'it is not text', cause);
  }
  if (lines[0] !== HEADER || lines.pop() !== '') throw corruptBundle(file, 'its header or its end is not what it must be');
  const rows = lines.length - 1;
  const predictions = {
    openTimeMs: new Float64Array(rows),
    fold: new Int32Array(rows),
    label: new Int8Array(rows),
    pDown: new Float64Array(rows),
    pNeutral: new Float64Array(rows),
    pUp: new Float64Array(rows),
  };
  for (let row = 0; row < rows; row += 1) {
    const cells = ROW.exec(lines[row + 1]);
    const time = cells === null ? Number.NaN : Date.parse(cells[1].length === 10 ? `${cells[1]}T00:00:00Z` : cells[1]);
    const [down, neutral, up] = (cells ?? []).slice(4).map(Number);
    if (cells === null || Number.isNaN(time) || !(Math.abs(down + neutral + up - 1) < 1e-9 && down >= 0 && neutral >= 0 && up >= 0)) {
      throw corruptBundle(file, `line ${row + 2} is not a prediction`);
    }
    predictions.openTimeMs[row] = time;
    predictions.fold[row] = Number(cells[2]);
    predictions.label[row] = Number(cells[3]);
    predictions.pDown[row] = down;
    predictions.pNeutral[row] = neutral;
    predictions.pUp[row] = up;
  }
  return predictions;
}
