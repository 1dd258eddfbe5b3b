// When a window of prices first moves by the barrier, and to which side: decides labels that touch both sides, and dates outcomes.

/** Bars `first` to `last` of a label, the close that moves are measured from, and the move that counts, as a fraction. */
export interface TouchWindow {
  readonly base: number;
  readonly X: number;
  readonly first: number;
  readonly last: number;
}

/** The bar of a touch, and its side. */
export interface Touch {
  readonly bar: number;
  readonly side: -1 | 1;
}

/**
 * The first bar that touches a side: `tops` and `bottoms` ([bars]) are closes, or highs and lows. Where one bar touches both, the larger of
 * its moves counts, the rise when equal. Null when none does.
 */
export function firstTouch(tops: Float64Array, bottoms: Float64Array, { base, X, first, last }: TouchWindow): Touch | null {
  for (let bar = first; bar <= last; bar += 1) {
    const up = (tops[bar] - base) / base;
    const down = (base - bottoms[bar]) / base;
    if (up >= X || down >= X) return { bar, side: up >= X && !(down > up) ? 1 : -1 };
  }
  return null;
}

/** The first bar that touches this side, whatever touched the other before; null when none does. Arguments as firstTouch. */
export function firstTouchOf(side: -1 | 1, tops: Float64Array, bottoms: Float64Array, { base, X, first, last }: TouchWindow): number | null {
  for (let bar = first; bar <= last; bar += 1) {
    const move = side === 1 ? (tops[bar] - base) / base : (base - bottoms[bar]) / base;
    if (move >= X) return bar;
  }
  return null;
}
