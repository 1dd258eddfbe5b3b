// The options that every command has.
import { option } from './option.js';

/** `--root`, `--store`, `--json`, `--quiet`; help and version are commander's. */
export const GLOBAL_OPTIONS = {
  root: option.string({ describe: 'Folder under which all data, models and outputs lie. Default: the current folder.', placeholder: 'DIR' }),
  store: option.string({ describe: 'Where models, outputs and stored klines lie: a folder, or gs://BUCKET/PREFIX in Google Cloud Storage. Default: the root.', placeholder: 'PLACE' }),
  json: option.boolean({ describe: 'Print exactly one JSON document on standard output.' }),
  quiet: option.boolean({ describe: 'No progress and no notes on standard error; results and errors stay.' }),
} as const;
