// The reason for a decision, for promotions.jsonl and for people: one or two sentences with the numbers.
import type { GateReport } from './gate/gate-report.js';
import type { Soundness } from './check-challenger.js';

/** @param policy what asked for it, such as `weekly` or `by hand` */
export function decisionReason({ policy, champion, soundness, gate }: { readonly policy: string; readonly champion: string; readonly soundness: Soundness; readonly gate: GateReport | null }): string {
  const asked = `retrained (${policy})`;
  if (soundness.problems.length > 0) return `${asked}, and not sound: ${soundness.problems.join(' ')}`;
  if (gate === null) return `${asked}, and not comparable: there are too few labelled rows to compare it with ${champion} on.`;
  return `${asked}, ${gate.isNotWorse ? 'not worse' : 'worse'} than ${champion}: ${gateSentence(gate)}`;
}

/** The numbers of a gate. */
export function gateSentence({ challengerLoss, championLoss, difference, interval, margin, times, firstOpenTime, lastOpenTime, ageBars, challengerSkill, championSkill }: GateReport): string {
  const range = interval === null ? 'too few blocks for an interval' : `95 % interval ${signed(interval[0])} to ${signed(interval[1])}`;
  return `log loss ${challengerLoss.toFixed(4)} against ${championLoss.toFixed(4)} on the rows of ${times} bars from ${firstOpenTime.slice(0, 10)} to ${lastOpenTime.slice(0, 10)} (difference ${signed(difference)}, ${range}; allowed ${signed(margin)}), the champion ${ageBars} bars older; skill against class shares ${percent(challengerSkill)} and ${percent(championSkill)}.`;
}

const signed = (value: number): string => `${value < 0 ? '-' : '+'}${Math.abs(value).toFixed(4)}`;
const percent = (share: number): string => `${(100 * share).toFixed(1)} %`.replace(/^-0\.0 /, '0.0 ');
