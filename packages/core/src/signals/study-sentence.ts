// One plain sentence on what a study of signals found; it never promises.
import type { SignalRule, SignalStudy } from './signal-study.js';

const LEVEL = 0.05;
/** The deflated Sharpe ratio from which a Sharpe ratio is more than the luck of many trials. */
const SHARPE_LEVEL = 0.95;

const percent = (share: number): string => `${(100 * share).toFixed(1).replace(/^-(0\.0)$/, '$1')} %`;

/** The sentence of a study. */
export function studySentence({ rules, buyAndHold, candidate }: Omit<SignalStudy, 'sentence'>): string {
  const held = `Holding the markets over the same time returned ${percent(buyAndHold.totalReturn)}, with a deepest fall of ${percent(buyAndHold.maxDrawdown)}.`;
  const traded = rules.filter(({ single }) => single.randomPValue !== null);
  if (traded.length === 0) return `${candidate}: no rule had a signal with enough bars before and after it, so nothing is known of their worth. ${held}`;
  const best = traded.reduce((least, rule) => ((rule.single.randomPValue as number) < (least.single.randomPValue as number) ? rule : least));
  const adjusted = Math.min(1, (best.single.randomPValue as number) * traded.length);
  const deflated = best.single.sharpeEvidence.deflated;
  const { single } = best;
  const earned = `${nameOf(best)} earned ${percent(single.meanReturn as number)} a trade after costs (${single.trades} trades)`;
  const numbers = `p ${adjusted.toFixed(2)} allowing for ${traded.length} rules; deflated Sharpe ratio ${deflated === null ? 'unknown' : deflated.toFixed(2)}`;
  if (adjusted >= LEVEL) return `${candidate}: no rule earned more after costs than random signals of the same number; the best, ${earned} (${numbers}). ${held}`;
  const isSolid = deflated !== null && deflated >= SHARPE_LEVEL && (single.meanReturn as number) > 0;
  return `${candidate}: ${earned}, more than random signals of the same number (${numbers})${isSolid ? '' : ', but no more than the luck of so many trials may show'}. ${held} This is a study of the past, no promise.`;
}

function nameOf({ side, share }: SignalRule): string {
  return `${side === 'long' ? 'buying' : 'selling'} on the highest ${percent(share).replace('.0 ', ' ')} of the probabilities of a ${side === 'long' ? 'rise' : 'fall'}`;
}
