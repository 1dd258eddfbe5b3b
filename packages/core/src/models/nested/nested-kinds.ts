// Which kinds of model may stand inside of which. The order of ranks keeps documents of bounded depth: a hostile file cannot nest
// models until the stack ends, because each one inside must have a lower rank than the one around it.
import { optionError } from '../../errors.js';
import type { Classifier, ClassifierKind, ModelKind } from '../classifier.js';
import { corruptModel } from '../read-model-document.js';

/** How a kind made of others finds them: by name, and from their documents. */
export interface NestedKinds {
  /** The kind of that name. Throws BAD_OPTION for an unknown name. */
  resolve(kind: string): ClassifierKind;
  /** The model of a document that is not calibrated. Throws CORRUPT. */
  restore(document: unknown): Classifier;
}

const RANKS: Readonly<Partial<Record<string, number>>> = { 'two-part': 1, 'log-pool': 2, tuned: 3 };

function isAllowedInside(outer: ModelKind, inner: string): boolean {
  return (RANKS[inner] ?? 0) < (RANKS[outer] ?? 0);
}

/** The kind `inner` for use inside `outer`. Throws BAD_OPTION naming `option` for an unknown kind or one that must not stand inside. */
export function resolveInside(where: string, option: string, outer: ModelKind, inner: unknown, kinds: NestedKinds): ClassifierKind {
  if (typeof inner !== 'string') throw optionError(where, option, 'the name of a kind of model', inner);
  if (!isAllowedInside(outer, inner)) throw optionError(where, option, `a kind that may stand inside ${outer} (not ${inner})`, inner, 'Inside a tuned model may stand a log pool, inside a log pool a two-part model, inside that a plain one.');
  return kinds.resolve(inner);
}

/** The model of a document inside one of kind `outer`. Throws CORRUPT, also for one that must not stand inside or needs a feature that `outer` has not. */
export function restoreInside(outer: ModelKind, document: { readonly kind: string }, featureNames: readonly string[], kinds: NestedKinds): Classifier {
  if (document.kind === 'calibrated' || !isAllowedInside(outer, document.kind)) throw corruptModel(outer, `a ${document.kind.slice(0, 50)} model must not stand inside`);
  const model = kinds.restore(document);
  const missing = model.featureNames.find((name) => !featureNames.includes(name));
  if (missing !== undefined) throw corruptModel(outer, `feature ${JSON.stringify(missing)} of a model inside is not among \`featureNames\``);
  return model;
}
