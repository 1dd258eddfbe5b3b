// The plan of a forest on shared memory: every worker thread reads the same numbers.
import type { ForestPlan } from '../../trees/forest/forest-plan.js';

/** The same plan; its large arrays lie on shared memory, so that sending it to a thread copies nothing of them. */
export function sharePlan(plan: ForestPlan): ForestPlan {
  const { table } = plan;
  return {
    ...plan,
    rows: new Int32Array(0), // the workers do not need them
    classIndexes: shared(plan.classIndexes),
    weights: shared(plan.weights),
    table:
      table.kind === 'values'
        ? { kind: 'values', columns: table.columns.map(shared) }
        : { kind: 'ranks', ranked: { ...table.ranked, ranks: table.ranked.ranks.map(shared), values: table.ranked.values.map(shared) } },
  };
}

function shared<Numbers extends Uint8Array | Int32Array | Float64Array>(numbers: Numbers): Numbers {
  const make = numbers.constructor as new (buffer: SharedArrayBuffer) => Numbers;
  const copy = new make(new SharedArrayBuffer(numbers.byteLength));
  copy.set(numbers);
  return copy;
}
