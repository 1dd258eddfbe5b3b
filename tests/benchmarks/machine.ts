// The machine that a benchmark ran on, in general words: a number without it means nothing.
import { availableParallelism, cpus, loadavg, platform, totalmem } from 'node:os';

export interface Machine {
  readonly processor: string;
  readonly cores: number;
  readonly memoryGb: number;
  readonly system: string;
  readonly node: string;
}

export function describeMachine(): Machine {
  return {
    processor: cpus()[0]?.model.trim() || 'unknown processor',
    cores: availableParallelism(),
    memoryGb: Math.round(totalmem() / 2 ** 30),
    system: `${platform()} ${process.arch}`,
    node: process.versions.node,
  };
}

/** Mean number of programs that wanted a processor in the last minute. */
export function currentLoad(): number {
  return Number(loadavg()[0].toFixed(2));
}
