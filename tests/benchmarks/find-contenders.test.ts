import { expect, it } from 'vitest';
import { CONTENDERS } from './contenders.js';
import { findContenders } from './find-contenders.js';

const names = (things: readonly { readonly name: string }[]): string[] => things.map(({ name }) => name);

it('names the peers that are missing, and how to get them', () => {
  const { found, missing } = findContenders(CONTENDERS, { isBuilt: false, cores: 2, findPythonFor: (module) => (module === 'sklearn' ? 'python' : undefined) });
  expect(names(found)).toEqual(['ours', 'ours-js', 'ours-2-threads', 'hist-gradient-boosting', 'sklearn-forest', 'ml-random-forest']);
  expect(names(missing)).toEqual(['lightgbm', 'xgboost']);
  expect(missing[1].reason).toContain('no Python here imports xgboost; `apt-get install python3-xgboost`');
});

it('leaves out more threads than the machine has cores, and looks for each module once', () => {
  const asked: string[] = [];
  const { missing } = findContenders(CONTENDERS, { isBuilt: false, cores: 1, findPythonFor: (module) => (asked.push(module), 'python') });
  expect(missing).toEqual([{ name: 'ours-2-threads', title: 'ForecastLab, 2 threads', reason: 'it needs 2 cores, and this machine has 1' }]);
  expect(asked).toEqual(['lightgbm', 'xgboost', 'sklearn']);
});
