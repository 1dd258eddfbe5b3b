// The report as Markdown: one table with speed, ratio, goal, quality and memory side by side, then what was left out and why.
import type { Line, TaskResult } from './compare.js';
import type { Machine } from './machine.js';
import type { LeftOut } from './run-task.js';
import type { Spread } from './statistics.js';

export interface Report {
  /** Version of this format. */
  readonly format: 1;
  readonly startedAt: string;
  readonly command: string;
  readonly machine: Machine;
  /** Load of the machine in the minute before the start, and before the end. */
  readonly load: readonly [number, number];
  readonly tasks: readonly TaskResult[];
  /** Contenders that are not on this machine, and tasks that could not run. */
  readonly leftOut: readonly LeftOut[];
}

const HEADER = ['task', 'contender', 'CPU', 'wall', 'ours ÷ it', 'goal', 'log loss', 'macro-F1', 'peak MB'];

/** The whole report. */
export function formatReport(report: Report): string {
  const { machine, load, startedAt, command, tasks, leftOut } = report;
  const lines = [
    `Measured ${startedAt.slice(0, 10)} with \`${command}\` on ${machine.processor}, ${machine.cores} cores, ${machine.memoryGb} GB, ${machine.system}, Node ${machine.node}; load ${load[0]} before, ${load[1]} after.`,
    '',
    ...formatTable(HEADER, tasks.flatMap(formatTask)),
  ];
  const out = [...leftOut.map((one) => `- ${one.title}: ${one.reason}`), ...tasks.flatMap((task) => task.leftOut.map((one) => `- ${one.title} in “${task.title}”: ${one.reason}`))];
  if (out.length > 0) lines.push('', 'Left out:', '', ...new Set(out));
  return `${lines.join('\n')}\n`;
}

/** A Markdown table. */
export function formatTable(header: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const line = (cells: readonly string[]): string => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(header), line(header.map(() => '---')), ...rows.map(line)];
}

function formatTask({ title, unit, measure, lines }: TaskResult): string[][] {
  return lines.map((line, index) => [
    index === 0 ? title : '',
    `${line.title}${/^\d/.test(line.version) ? ` ${line.version}` : ''}`,
    `${formatSpread(line.cpu)} ${unit}`,
    `${formatNumber(line.wall.median)} ${unit}`,
    line.ratio === undefined ? '' : `${formatSpread(line.ratio)}${measure === 'wall' ? ' (wall)' : ''}`,
    formatGoal(line, unit),
    `${line.logLoss.toFixed(4)}${line.isOursWorse === true ? ' (ours is worse)' : ''}`,
    line.macroF1.toFixed(4),
    `${line.peakMb.toFixed(0)} (${line.loadedMb.toFixed(0)} before)`,
  ]);
}

function formatGoal({ goal, isGoalMet, ratio, isOursWorse }: Line, unit: string): string {
  if (goal === undefined) return '';
  const verdict = isGoalMet !== true ? 'missed' : isOursWorse === true ? 'met, at worse quality' : 'met';
  return `≤ ${formatNumber(goal)}${ratio === undefined ? ` ${unit}` : ''}: ${verdict}`;
}

/** `median (min–max)`, or the one value. */
export function formatSpread({ median, min, max }: Spread): string {
  return min === max ? formatNumber(median) : `${formatNumber(median)} (${formatNumber(min)}–${formatNumber(max)})`;
}

/** Three digits, never in powers of ten. */
export function formatNumber(value: number): string {
  if (!(Math.abs(value) > 0)) return String(value);
  const rounded = Number(value.toPrecision(3)); // 0.9999 is 1.00, not 1.000
  const digits = Math.max(0, 2 - Math.floor(Math.log10(Math.abs(rounded))));
  return digits === 0 ? value.toFixed(0) : rounded.toFixed(Math.min(digits, 6));
}
