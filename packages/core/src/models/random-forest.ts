// The random forest as a kind of model.
import type { ClassifierKind } from './classifier.js';
import { forestKind } from './forest-kind.js';

/** Random forest as in scikit-learn. `params`: ForestParams. */
export const RANDOM_FOREST: ClassifierKind = forestKind('random-forest', 'Random forest with exact splits (scikit-learn names and defaults)', 'best');
