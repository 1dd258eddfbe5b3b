// How a candidate's question is put, and the checks of these options.
import { optionError } from '../errors.js';

/** How labels are made; every field has the honest default. */
export interface LabelOptions {
  /**
   * `forward` (default): the label of bar t looks at bars t+1 to t+T.
   * `trailing`: the predecessor's `close.shift(-1).rolling(T).max()`, which looks at bars t-T+2 to t+1. FLAWED: all
   * of it but one bar is known at t, so a rule that merely looks back predicts it. Kept to repeat published tables.
   */
  readonly window?: 'forward' | 'trailing';
  /**
   * What decides when both moves occur within the window. `first-touch` (default): the one that comes first.
   * `upswing`: the rise (the predecessor's rule). `larger`: the larger of the two, the rise when equal.
   */
  readonly tieBreak?: 'first-touch' | 'upswing' | 'larger';
  /**
   * The price that must touch. `close` (default). `high-low`: a bar's high for the rise, its low for the fall; when one bar
   * touches both, their order inside it is unknown and the larger move of that bar counts, the rise when equal.
   */
  readonly touch?: 'close' | 'high-low';
}

/** Label options with every choice made. */
export type ResolvedLabelOptions = Required<LabelOptions>;

/** The words of each option, for command lines and schemas. */
export const LABEL_OPTION_VALUES = {
  window: ['forward', 'trailing'],
  tieBreak: ['first-touch', 'upswing', 'larger'],
  touch: ['close', 'high-low'],
} as const;

/**
 * Fills in the defaults.
 * @throws BAD_OPTION for a word that is none of the choices
 */
export function resolveLabelOptions(options: LabelOptions = {}): ResolvedLabelOptions {
  const resolved: ResolvedLabelOptions = { window: options.window ?? 'forward', tieBreak: options.tieBreak ?? 'first-touch', touch: options.touch ?? 'close' };
  for (const name of ['window', 'tieBreak', 'touch'] as const) {
    const words: readonly string[] = LABEL_OPTION_VALUES[name];
    if (!words.includes(resolved[name])) throw optionError('labelReversals', name, `one of ${words.join(', ')}`, resolved[name]);
  }
  return resolved;
}

/** True for options whose labels are known, nearly whole, at the bar they belong to. */
export function isFlawed(options: LabelOptions): boolean {
  return options.window === 'trailing';
}
