// Answers to several questions at one bar, made to agree: the touch is moved, the odds of the side stay.
import { monotoneTouch, type TouchQuestion } from './monotone-touch.js';

/** A question with the answer of its own model. */
export interface CandidateForecast extends TouchQuestion {
  /** In CLASSES order; sums to 1. */
  readonly probabilities: readonly [number, number, number];
}

/**
 * The probabilities of each forecast, [forecasts], such that a smaller barrier or a longer horizon is never less likely to be touched.
 * Forecasts must ask the same kind of label. What agrees already keeps its bits.
 * @example makeConsistent([{ T: 7, barrier: 0.08, probabilities: [0.2, 0.5, 0.3] }, { T: 14, barrier: 0.08, probabilities: [0.2, 0.6, 0.2] }])
 */
export function makeConsistent(forecasts: readonly CandidateForecast[]): readonly (readonly [number, number, number])[] {
  const touched = forecasts.map(({ probabilities: [down, , up] }) => down + up);
  const agreed = monotoneTouch(forecasts, touched);
  return forecasts.map(({ probabilities }, i) => {
    const [down, , up] = probabilities;
    if (agreed[i] === touched[i]) return probabilities;
    const share = touched[i] > 0 ? down / touched[i] : 0.5;
    const newDown = share * agreed[i];
    const newUp = agreed[i] - newDown;
    return touched[i] > 0 || up === down ? [newDown, 1 - agreed[i], newUp] : probabilities;
  });
}
