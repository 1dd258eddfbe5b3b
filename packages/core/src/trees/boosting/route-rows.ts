// Rows that a tree was not grown on find their leaves by the tree's splits.
import type { GrownNode, GrowSite } from './grow-tree.js';

/** Regroups `rows[begin .. end)` by leaf and calls `take` with each leaf and its stretch. */
export function routeRows(site: GrowSite, root: GrownNode, rows: Int32Array, begin: number, end: number, take: (leaf: GrownNode, begin: number, end: number) => void): void {
  const stack = [{ node: root, begin, end }];
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    const { node } = next;
    if (node.split === undefined || node.left === undefined || node.right === undefined) {
      take(node, next.begin, next.end);
      continue;
    }
    const middle = site.kernels.partitionRows(rows, next.begin, next.end, site.groups, node.split, site.spareRows);
    stack.push({ node: node.left, begin: next.begin, end: middle }, { node: node.right, begin: middle, end: next.end });
  }
}
