// The program forecastlab-train: its commands in the order of its help.
import type { Program } from '@forecastlab/core/node';
import { version } from '../package.json';
import { bundle } from './commands/bundle.js';
import { dataCheck } from './commands/data-check.js';
import { dataImport } from './commands/data-import.js';
import { dataUpdate } from './commands/data-update.js';
import { evidence } from './commands/evidence.js';
import { importance } from './commands/importance.js';
import { lookahead } from './commands/lookahead.js';
import { modelsActivate, modelsHistory, modelsList, modelsRollback, modelsShow, modelsVerify } from './commands/models.js';
import { modelsCard } from './commands/models-card.js';
import { modelsExport } from './commands/models-export.js';
import { retrain } from './commands/retrain.js';
import { runsCompare, runsList, runsShow } from './commands/runs.js';
import { search } from './commands/search.js';
import { table } from './commands/table.js';
import { trials } from './commands/trials.js';

export const trainProgram: Program = {
  name: 'forecastlab-train',
  version,
  summary: 'Prepares klines, trains and evaluates reversal models, freezes them into bundles.',
  groups: { data: 'Bring klines up to date, check them, import files', runs: 'List, show and compare searches', models: 'List, inspect and switch bundles' },
  commands: [dataUpdate, dataCheck, dataImport, search, runsList, runsShow, runsCompare, evidence, trials, bundle, retrain, modelsList, modelsShow, modelsCard, modelsActivate, modelsRollback, modelsVerify, modelsHistory, modelsExport, importance, lookahead, table],
};
