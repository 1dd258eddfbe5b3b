// The out-of-sample predictions behind the scores of a candidate, as a file that any tool reads.
import type { WalkForwardPredictions } from '../validation/walk-forward/walk-forward-evaluation.js';
import { MAX_WALK_FORWARD_BYTES } from './bundle-limits.js';
import { corruptBundle } from './corrupt-bundle.js';
import { decodeUtf8, encodeUtf8 } from '../bytes/utf8.js';

const HEADER = 'asof_date,fold,label,p_down,p_neutral,p_up';
const POOLED_HEADER = `${HEADER},symbol`;
const DAY_MS = 86_400_000;
// A UTC date, or for bars shorter than a day date and time; then fold, label, three probabilities; of several markets the symbol.
const ROW = /^(\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}:\d{2}(?:\.\d{3})?Z)?),(\d{1,7}),(-1|0|1),([0-9.e-]{1,30}),([0-9.e-]{1,30}),([0-9.e-]{1,30})(?:,([A-Z0-9_]{2,40}))?$/;

/** CSV with one row per test row. `asof_date` is the UTC date of the bar's open, with the time where some bar opens within a day. Rows of several markets end with their symbol. */
export function formatWalkForwardCsv(predictions: WalkForwardPredictions): Uint8Array {
  const { openTimeMs, fold, label, pDown, pNeutral, pUp } = predictions;
  const isDaily = openTimeMs.every((time) => time % DAY_MS === 0);
  const { symbols, symbolIndex } = predictions;
  const isPooled = symbols !== undefined && symbolIndex !== undefined;
  const lines = [isPooled ? POOLED_HEADER : HEADER];
  for (let row = 0; row < openTimeMs.length; row += 1) {
    const time = new Date(openTimeMs[row]).toISOString();
    lines.push([isDaily ? time.slice(0, 10) : time.replace('.000Z', 'Z'), fold[row], label[row], pDown[row], pNeutral[row], pUp[row], ...(isPooled ? [symbols[symbolIndex[row]]] : [])].join(','));
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
  const isPooled = lines[0] === POOLED_HEADER;
  if ((lines[0] !== HEADER && !isPooled) || lines.pop() !== '') throw corruptBundle(file, 'its header or its end is not what it must be');
  const rows = lines.length - 1;
  const predictions = {
    openTimeMs: new Float64Array(rows),
    fold: new Int32Array(rows),
    label: new Int8Array(rows),
    pDown: new Float64Array(rows),
    pNeutral: new Float64Array(rows),
    pUp: new Float64Array(rows),
  };
  const symbolIndex = new Int32Array(isPooled ? rows : 0);
  const indexOf = new Map<string, number>();
  for (let row = 0; row < rows; row += 1) {
    const cells = ROW.exec(lines[row + 1]);
    const time = cells === null ? Number.NaN : Date.parse(cells[1].length === 10 ? `${cells[1]}T00:00:00Z` : cells[1]);
    const [down, neutral, up] = (cells ?? []).slice(4, 7).map(Number);
    if (cells === null || (cells[7] !== undefined) !== isPooled || Number.isNaN(time) || !(Math.abs(down + neutral + up - 1) < 1e-9 && down >= 0 && neutral >= 0 && up >= 0)) {
      throw corruptBundle(file, `line ${row + 2} is not a prediction`);
    }
    predictions.openTimeMs[row] = time;
    predictions.fold[row] = Number(cells[2]);
    predictions.label[row] = Number(cells[3]);
    predictions.pDown[row] = down;
    predictions.pNeutral[row] = neutral;
    predictions.pUp[row] = up;
    if (!isPooled) continue;
    if (!indexOf.has(cells[7])) indexOf.set(cells[7], indexOf.size);
    symbolIndex[row] = indexOf.get(cells[7]) ?? 0;
  }
  return isPooled ? { ...predictions, symbols: [...indexOf.keys()], symbolIndex } : predictions;
}
