// The search against what others have found on the same bars: the predecessor's published table with its flaws repeated, and
// the reference run without them.
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { runCommand, temporaryFolder } from './support/commands.js';
import { describeShared, readCsvRows, sharedPath } from './support/shared.js';

const REPEAT_FLAWS = ['--label-window', 'trailing', '--no-purge', '--tie-break', 'upswing'];
const PUBLISHED_COUNTS = ['y_train_-1', 'y_train_0', 'y_train_1', 'y_true_-1', 'y_true_0', 'y_true_1'];

async function search(flags: readonly string[]): Promise<string> {
  const root = temporaryFolder();
  const { code, stderr } = await runCommand('train', ['search', '--data', sharedPath('data', 'binance', 'BTCUSDT_1d_forecastlab.csv'), '--shuffled-folds', '0', '--threads', '2', '--run', 'r', ...flags], root);
  expect({ code, stderr }).toMatchObject({ code: 0 });
  return join(root, 'outputs', 'backtest', 'r');
}
const rowOf = (file: string, wanted: Record<string, string>): Record<string, string> => {
  const found = readCsvRows(file).find((row) => Object.entries(wanted).every(([name, value]) => row[name] === value));
  expect(found, `${file} ${JSON.stringify(wanted)}`).toBeDefined();
  return found as Record<string, string>;
};

describeShared('search', () => {
  it.each([
    ['baseline', 'published_baseline.csv', ['T14_X8', 'T21_X15']],
    ['flow', 'published_flow_top10.csv', ['T21_X8']],
  ])('repeats the published results with %s features: folds and class counts equal, median macro-F1 within 0.03', async (features, published, candidates) => {
    const run = await search([...REPEAT_FLAWS, '--features', features, '--candidates', candidates.join(',')]);
    for (const candidate of candidates) {
      const expected = rowOf(sharedPath('golden', published), { candidate });
      const found = rowOf(join(run, 'reversal_param_search_wf_results.csv'), { candidate });
      expect(found.folds).toBe(expected.folds);
      expect(Math.abs(Number(found.f1_median) - Number(expected.f1_median))).toBeLessThan(0.03);
      const counts = (file: string): string[][] => readCsvRows(file).map((row) => [row.fold, ...PUBLISHED_COUNTS.map((name) => row[name])]);
      expect(counts(join(run, candidate, 'fold_metrics.csv'))).toEqual(counts(sharedPath('golden', 'published_fold_metrics', `${features}_${candidate}.csv`)));
    }
  });

  it('forward labels, purge, logistic: the reference medians, fold by fold the same', async () => {
    const run = await search(['--features', 'flow', '--model', 'logistic', '--tie-break', 'upswing', '--candidates', 'T21_X8,T14_X8']);
    for (const [T, candidate] of [['21', 'T21_X8'], ['14', 'T14_X8']]) {
      const wanted = { T, X: '0.08', features: 'flow', labels: 'fwd_upwins' };
      const expected = rowOf(sharedPath('golden', 'wf_summary.csv'), { ...wanted, model: 'logreg' });
      const found = rowOf(join(run, 'reversal_param_search_wf_results.csv'), { candidate });
      expect(found.folds).toBe(expected.folds);
      for (const [ours, theirs] of [['f1_median', 'f1'], ['precision_median', 'precision'], ['recall_median', 'recall'], ['accuracy_median', 'accuracy']]) {
        expect(Number(found[ours])).toBeCloseTo(Number(expected[theirs]), 12);
      }
      // scikit-learn stopped early there
      expect(Math.abs(Number(found.log_loss_median) - Number(expected.log_loss))).toBeLessThan(5e-4);
    }
  });
});
