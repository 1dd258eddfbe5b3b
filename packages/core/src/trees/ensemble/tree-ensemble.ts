// Trees as flat arrays of nodes: what is fitted, predicted from, explained and stored.
// Nodes of a tree stand in depth-first order, so that a left child is always the node after its parent.

export interface TreeEnsemble {
  /** Numbers per leaf: 1 for boosting (tree t adds to class t mod classes), one per class for forests. */
  readonly outputs: number;
  /** [trees] index of each tree's root. */
  readonly roots: Int32Array;
  /** [nodes] feature that is compared, or -1 for a leaf. */
  readonly features: Int32Array;
  /** [nodes] a row goes left when its value is at or below this. 0 for a leaf. */
  readonly thresholds: Float64Array;
  /** [nodes] the right child; for a leaf: where its numbers begin in `values`. */
  readonly rights: Int32Array;
  /** [nodes] 1 when a missing value (NaN) goes left. */
  readonly missingLeft: Uint8Array;
  /** [nodes] how many training rows came by, as drawn for this tree: what SHAP values weigh branches with. */
  readonly covers: Float64Array;
  /** [nodes] how much the split lowered the training loss, in the trainer's own measure; 0 for a leaf or when unknown. */
  readonly gains: Float64Array;
  /** [leaves × outputs] */
  readonly values: Float64Array;
}

/** A threshold that every finite number is below: only missing values go right. JSON has no Infinity. */
export const ABOVE_ALL = Number.MAX_VALUE;

/** Collects nodes in depth-first order: a split is followed by its left subtree, then `beginRight`, then its right subtree. */
export class TreeEnsembleBuilder {
  private readonly roots: number[] = [];
  private readonly features: number[] = [];
  private readonly thresholds: number[] = [];
  private readonly rights: number[] = [];
  private readonly missingLeft: number[] = [];
  private readonly covers: number[] = [];
  private readonly gains: number[] = [];
  private readonly values: number[] = [];

  constructor(private readonly outputs: number) {}

  beginTree(): void {
    this.roots.push(this.features.length);
  }

  /** Index of the new split. */
  addSplit(feature: number, threshold: number, isMissingLeft: boolean, cover: number, gain = 0): number {
    this.rights.push(-1);
    this.missingLeft.push(isMissingLeft ? 1 : 0);
    this.thresholds.push(threshold + 0); // + 0 makes -0 to 0, which survives JSON
    this.covers.push(cover);
    this.gains.push(gain);
    return this.features.push(feature) - 1;
  }

  /** The next node that is added becomes the right child of `split`. */
  beginRight(split: number): void {
    this.rights[split] = this.features.length;
  }

  addLeaf(values: ArrayLike<number>, cover: number): void {
    this.rights.push(this.values.length);
    this.missingLeft.push(0);
    this.thresholds.push(0);
    this.covers.push(cover);
    this.gains.push(0);
    this.features.push(-1);
    for (let i = 0; i < this.outputs; i += 1) this.values.push(values[i] + 0);
  }

  build(): TreeEnsemble {
    return {
      outputs: this.outputs,
      roots: Int32Array.from(this.roots),
      features: Int32Array.from(this.features),
      thresholds: Float64Array.from(this.thresholds),
      rights: Int32Array.from(this.rights),
      missingLeft: Uint8Array.from(this.missingLeft),
      covers: Float64Array.from(this.covers),
      gains: Float64Array.from(this.gains),
      values: Float64Array.from(this.values),
    };
  }
}

/** All trees of all parts, in order; every part has `outputs` numbers per leaf. */
export function joinEnsembles(outputs: number, parts: readonly TreeEnsemble[]): TreeEnsemble {
  const count = (field: 'roots' | 'features' | 'values'): number => parts.reduce((sum, part) => sum + part[field].length, 0);
  const nodes = count('features');
  const joined: TreeEnsemble = {
    outputs,
    roots: new Int32Array(count('roots')),
    features: new Int32Array(nodes),
    thresholds: new Float64Array(nodes),
    rights: new Int32Array(nodes),
    missingLeft: new Uint8Array(nodes),
    covers: new Float64Array(nodes),
    gains: new Float64Array(nodes),
    values: new Float64Array(count('values')),
  };
  let tree = 0;
  let node = 0;
  let value = 0;
  for (const part of parts) {
    for (let i = 0; i < part.roots.length; i += 1) joined.roots[tree + i] = part.roots[i] + node;
    for (let i = 0; i < part.rights.length; i += 1) joined.rights[node + i] = part.rights[i] + (part.features[i] < 0 ? value : node);
    for (const field of ['features', 'thresholds', 'missingLeft', 'covers', 'gains'] as const) joined[field].set(part[field], node);
    joined.values.set(part.values, value);
    tree += part.roots.length;
    node += part.features.length;
    value += part.values.length;
  }
  return joined;
}
