// Which market to show: the same options for every command that draws.
import { option } from '@forecastlab/core/node';
import { DAYS_LIMITS } from '../server/create-app.js';
import { DEFAULT_DAYS } from '../server/start-server.js';

export const DATA_OPTIONS = {
  days: option.integer({ describe: 'How many of the newest bars to show.', default: DEFAULT_DAYS, ...DAYS_LIMITS }),
  data: option.file({ describe: 'File of klines. Default: the one under data/raw for the symbol and interval.' }),
  symbol: option.string({ describe: 'Market, such as BTCUSDT. Default: the active bundle\'s.', placeholder: 'S' }),
  interval: option.string({ describe: 'Bar length, such as 1d. Default: the active bundle\'s.', placeholder: 'I' }),
} as const;
