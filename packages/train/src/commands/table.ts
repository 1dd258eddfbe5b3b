// forecastlab-train table: features and labels as a file for other tools.
import { buildTrainingTable } from '@forecastlab/core';
import { defineCommand, option } from '@forecastlab/core/node';
import { loadLeader } from '../load-leader.js';
import { loadMarket } from '../load-market.js';
import { readCandidateList } from '../read-candidate-list.js';
import { checkTablePath, writeTrainingTable } from '../write-training-table.js';
import { FEATURES_OPTION, LABEL_OPTIONS, LEADER_OPTION, MARKET_OPTIONS } from './shared-options.js';

export const table = defineCommand({
  path: ['table'],
  summary: 'Write features and labels as CSV or Parquet',
  description:
    'Writes open_time_ms, the features, then per candidate the features that depend on it as <feature>_<c>, label_<c>, upswing_<c>, drawdown_<c>: one row per closed bar, empty cells (null in Parquet) where a value is undefined, full precision.',
  examples: ['table --data data/raw/binance_BTCUSDT_1d.csv --candidates T21_X8,T14_X8 --out table.parquet', 'table --symbol BTCUSDT --interval 1d --features baseline --out features.csv'],
  options: {
    ...MARKET_OPTIONS,
    features: FEATURES_OPTION,
    leader: LEADER_OPTION,
    candidates: option.list({ describe: 'Candidates such as T21_X8,T14_V1.5 (T<bars>_X<percent> or T<bars>_V<expected moves>), or @FILE with one name a line. Default: none.', placeholder: 'LIST|@FILE' }),
    ...LABEL_OPTIONS,
    out: option.file({ describe: 'File to write; its ending (.csv or .parquet) says which format.', required: true }),
  },
  async run(options, context) {
    checkTablePath(options.out);
    const candidates = options.candidates === undefined ? [] : await readCandidateList(options.candidates, context);
    const market = await loadMarket(options, context);
    const { leader } = await loadLeader(options, market, context);
    const labelOptions = { window: options.labelWindow, tieBreak: options.tieBreak, touch: options.touch };
    const built = buildTrainingTable(market.klines, { features: options.features, candidates, leader: leader?.klines, labelOptions });
    context.signal.throwIfAborted();
    const written = await writeTrainingTable(options.out, built);
    return { json: { file: options.out, ...written, synthetic: market.isSynthetic }, text: `${options.out}: ${written.rows} rows, ${written.columns} columns, ${written.bytes} bytes` };
  },
});
