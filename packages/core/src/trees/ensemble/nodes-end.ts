// Where the nodes of a tree end: the roots say where they begin.
import type { TreeEnsemble } from './tree-ensemble.js';

/** One past the last node of tree `tree`. */
export function nodesEnd({ roots, features }: TreeEnsemble, tree: number): number {
  return tree + 1 < roots.length ? roots[tree + 1] : features.length;
}
