// Extremely randomized trees (Geurts, Ernst and Wehenkel 2006) as a kind of model.
import type { ClassifierKind } from './classifier.js';
import { forestKind } from './forest-kind.js';

/** Extra trees as in scikit-learn: no bootstrap, one random threshold for each feature drawn. `params`: ForestParams. */
export const EXTRA_TREES: ClassifierKind = forestKind('extra-trees', 'Extra trees: a forest with random thresholds (scikit-learn names and defaults)', 'random');
