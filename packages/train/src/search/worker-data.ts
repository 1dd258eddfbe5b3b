// The plan of a search on shared memory: every worker thread reads the same columns, nothing is copied.
import type { FoldModel, ModelKind, Separation } from '@forecastlab/core';
import type { SearchGroup } from './plan-search.js';

/** What each worker gets. */
export interface SearchWorkerData {
  readonly groups: readonly SearchGroup[];
  readonly model: Omit<FoldModel, 'modelKind'> & { readonly modelKind: ModelKind };
  readonly separation: Separation;
}

/** The groups with their columns on shared memory; columns that are views of one buffer still are. */
export function shareGroups(groups: readonly SearchGroup[]): readonly SearchGroup[] {
  const shared = new Map<ArrayBufferLike, SharedArrayBuffer>();
  const share = <Column extends Float64Array | Int32Array | Int8Array>(column: Column): Column => {
    let buffer = shared.get(column.buffer);
    if (buffer === undefined) {
      buffer = new SharedArrayBuffer(column.buffer.byteLength);
      new Uint8Array(buffer).set(new Uint8Array(column.buffer));
      shared.set(column.buffer, buffer);
    }
    const Kind = column.constructor as new (buffer: SharedArrayBuffer, byteOffset: number, length: number) => Column;
    return new Kind(buffer, column.byteOffset, column.length);
  };
  return groups.map((group) => ({
    ...group,
    features: { ...group.features, columns: group.features.columns.map((column) => share(column)) },
    rows: share(group.rows),
    openTimeMs: share(group.openTimeMs),
    spanEnd: share(group.spanEnd),
    labels: group.labels.map((labels) => share(labels)),
  }));
}
