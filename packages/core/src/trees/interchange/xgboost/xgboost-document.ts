// The parts of XGBoost's JSON format that prediction needs, checked for their shape; trees are checked one by one.
// Format: https://xgboost.readthedocs.io/en/stable/tutorials/saving_model.html and its JSON schema.
import { z } from 'zod';
import type { ForecastLabError } from '../../../errors.js';
import { MAX_MODEL_CHARACTERS, MAX_MODEL_FEATURES, MAX_MODEL_TREES } from '../model-limits.js';
import { damagedModelFile, unsupportedModelFile } from '../refuse-model-file.js';

/** Numbers that XGBoost writes as text. */
const numberText = z.union([z.string().max(100), z.number()]).transform(String);

const treesSchema = z.object({
  gbtree_model_param: z.object({ num_trees: numberText, num_parallel_tree: numberText.optional() }),
  tree_info: z.array(z.number().int().min(0)).max(MAX_MODEL_TREES),
  trees: z.array(z.unknown()).max(MAX_MODEL_TREES),
});

const boosterSchema = z.discriminatedUnion('name', [
  z.object({ name: z.literal('gbtree'), model: treesSchema }),
  z.object({ name: z.literal('dart'), gbtree: z.object({ model: treesSchema }), weight_drop: z.array(z.number()).max(MAX_MODEL_TREES) }),
]);

const documentSchema = z.object({
  learner: z.object({
    feature_names: z.array(z.string()).max(MAX_MODEL_FEATURES).optional(),
    learner_model_param: z.object({
      base_score: z.union([z.string().max(10_000), z.number()]).transform(String),
      num_class: numberText,
      num_feature: numberText,
      num_target: numberText.optional(),
    }),
    objective: z.object({ name: z.string().max(100) }),
    gradient_booster: boosterSchema,
  }),
});

export type XgboostTrees = z.infer<typeof treesSchema>;
export type XgboostDocument = z.infer<typeof documentSchema>['learner'];

/** The learner of a model given as JSON text or as what JSON.parse made of it. Throws CORRUPT, and BAD_FILE for gblinear. */
export function readXgboostDocument(given: unknown): XgboostDocument {
  const document = typeof given === 'string' ? parse(given) : given;
  const linear = z.object({ learner: z.object({ gradient_booster: z.object({ name: z.literal('gblinear') }) }) });
  if (linear.safeParse(document).success) throw unsupportedModelFile('XGBoost', 'its booster is gblinear, which has no trees', 'Train it with booster gbtree or dart.');
  const result = documentSchema.safeParse(document);
  if (result.success) return result.data.learner;
  const issue = result.error.issues[0];
  throw damagedModelFile('XGBoost', `${issue === undefined || issue.path.length === 0 ? 'the document' : `\`${issue.path.map(String).join('.')}\``}: ${issue?.message ?? 'unreadable'}`);
}

function parse(text: string): unknown {
  if (text.length > MAX_MODEL_CHARACTERS) throw damagedModelFile('XGBoost', `it has ${text.length} characters, at most ${MAX_MODEL_CHARACTERS} are expected`);
  try {
    return JSON.parse(text) as unknown;
  } catch (cause) {
    // XGBoost writes NaN, which is not JSON, for the thresholds of categorical splits
    if (/"categories_nodes":\[\d/.test(text)) throw categoricalXgboostModel('it');
    throw damagedModelFile('XGBoost', 'it is not JSON (cut short, or saved as .ubj or in the old binary format?)', cause);
  }
}

/** The error for categorical splits; `place` as in `tree 3`. */
export function categoricalXgboostModel(place: string): ForecastLabError {
  return unsupportedModelFile('XGBoost', `${place} has categorical splits`, 'Train it with numbers for categories, without `enable_categorical`.');
}
