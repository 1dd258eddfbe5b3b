// Keeps the daily bars of a market up to date and looks at them. Running it again fetches what has closed since.
//   FORECASTLAB_ROOT      folder for data/. Default: the current folder
//   FORECASTLAB_BASE_URL  host of the exchange. Default: Binance's public market-data mirror
import { openFolderStore, openSources, readStoredKlines, updateKlines } from '@forecastlab/core/node';

const { FORECASTLAB_ROOT: root = process.cwd(), FORECASTLAB_BASE_URL: host } = process.env;
const store = openFolderStore(root);
const market = { symbol: 'BTCUSDT', interval: '1d' };

const sources = openSources({ store, root, ...(host === undefined ? {} : { baseUrls: [host] }), log: console.error });
const { rows, added, gaps, restated } = await updateKlines(store, market, { ...sources, nowMs: Date.now });
console.log(`${rows} closed bars, ${added} new, ${gaps.length} gaps, ${restated.length} restated`);

const { klines } = (await readStoredKlines(store, market)).parsed; // columns: Float64Array, oldest bar first
const day = new Date(klines.openTimeMs[rows - 1]).toISOString().slice(0, 10);
const takerShare = klines.takerBuyBase[rows - 1] / klines.volume[rows - 1];
console.log(`${day}: close ${klines.close[rows - 1]}, takers bought ${(100 * takerShare).toFixed(1)} % of the volume`);
