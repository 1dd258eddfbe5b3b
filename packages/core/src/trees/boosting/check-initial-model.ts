// A model to go on from must be one that this fit could have made.
import { ForecastLabError } from '../../errors.js';
import type { BoostedTrees } from './boosting.js';
import type { ObjectiveName } from './objectives/objective.js';

/** What the model of an objective gives. */
export function kindOfModel(objective: ObjectiveName): BoostedTrees['objective'] {
  return objective === 'multiclass' || objective === 'binary' ? objective : 'regression';
}

/** Throws BAD_DATA when objective, classes or features differ. */
export function checkInitialModel(where: string, model: BoostedTrees, objective: ObjectiveName, classes: number, width: number): void {
  const refuse = (reason: string): never => {
    throw new ForecastLabError('BAD_DATA', `${where}: The initial model ${reason}.`, { hint: 'Go on from a model of the same objective, classes and features.' });
  };
  if (model.objective !== kindOfModel(objective)) refuse(`must be of the objective ${kindOfModel(objective)}. Got ${model.objective}`);
  if (model.classes !== classes) refuse(`must have ${classes} classes. Got ${model.classes}`);
  const widest = model.trees.features.reduce((largest, feature) => Math.max(largest, feature), -1);
  if (widest >= width) refuse(`must use features 0 to ${width - 1}. It uses feature ${widest}`);
}
