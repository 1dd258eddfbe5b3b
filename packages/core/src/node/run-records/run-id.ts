// Names of runs: they sort by time, and two runs of the same millisecond still differ.

/**
 * A run id such as `20250131T000705123Z-3k9x0a`.
 * @param options.random uniform in [0, 1), Math.random for instance
 */
export function createRunId(options: { readonly nowMs: number; readonly random: () => number }): string {
  const time = new Date(options.nowMs).toISOString().replace(/[-:.]/g, '');
  const suffix = Array.from({ length: 6 }, () => Math.floor(options.random() * 36).toString(36)).join('');
  return `${time}-${suffix}`;
}
