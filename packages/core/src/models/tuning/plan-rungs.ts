// How many settings are tried on how many inner folds for a budget of fits: successive halving by thirds, the inner loop of Hyperband.
// (Jamieson & Talwalkar 2016, Non-stochastic best arm identification and hyperparameter optimization; Li et al. 2018.)

/** Of the settings of a rung, one in so many goes on to the next. */
const KEPT_ONE_IN = 3;

/**
 * Settings tried in each rung; rung r fits each of its settings once, on one more inner fold. At least two reach the last rung, so that
 * the first setting is always compared. Together with the fit of the winner on all rows they never cost more than `budget` fits.
 * Empty when the budget is too small to compare anything. Of `folds` as many are used as the budget reaches for.
 * @example planRungs(40, 3) // → [27, 9, 3]
 */
export function planRungs(budget: number, folds: number): readonly number[] {
  const rungs = Math.min(folds, Math.floor((budget - 1) / 2));
  if (rungs < 1) return [];
  const sizesFrom = (settings: number): number[] => {
    const sizes = [settings];
    while (sizes.length < rungs) sizes.push(Math.max(2, Math.ceil(sizes[sizes.length - 1] / KEPT_ONE_IN)));
    return sizes;
  };
  const costOf = (settings: number): number => sizesFrom(settings).reduce((sum, size) => sum + size, 1);
  let settings = 2;
  while (costOf(settings + 1) <= budget) settings += 1;
  return sizesFrom(settings);
}
