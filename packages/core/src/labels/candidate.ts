// A candidate is a question: within T bars, does the price first rise or fall by the barrier? The barrier is a fixed move, `T21_X8`
// (X in percent), or one that breathes with the market, `T14_V1.5`: V times the move that volatility lets expect in T bars.
import { ForecastLabError, optionError } from '../errors.js';

/** A barrier of one size for every bar. */
export interface FixedCandidate {
  /** `T21_X8`, `T21_X8.5`: T in bars, X in percent. */
  readonly name: string;
  /** Horizon in bars. */
  readonly T: number;
  /** Relative move that counts as an event, as a fraction (0.08 is 8 percent). */
  readonly X: number;
  readonly V?: undefined;
}

/** A barrier in units of volatility, of another size for every bar: see `barriers`. */
export interface VolatilityCandidate {
  /** `T14_V1.5`: T in bars, V in expected moves. */
  readonly name: string;
  /** Horizon in bars. */
  readonly T: number;
  /** The barrier is V times the expected move of T bars, which is volatility times the square root of T. */
  readonly V: number;
  readonly X?: undefined;
}

export type Candidate = FixedCandidate | VolatilityCandidate;

/** The barrier of a candidate as documents keep it: one of the two is there. */
export interface CandidateBarrier {
  /** As a fraction. */
  readonly X?: number | undefined;
  /** In expected moves. */
  readonly V?: number | undefined;
}

/** Longest horizon in bars: a bound on memory and time, far beyond any sensible question. */
export const MAX_HORIZON_BARS = 10_000;

/** Largest move: 1000 percent. */
export const MAX_MOVE = 10;

/** Most expected moves: far beyond any that a price makes. */
export const MAX_VOLATILITIES = 100;

const NAME = /^T([1-9]\d{0,4})_X(0|[1-9]\d{0,3})(\.\d{1,12})?$/;
const VOLATILITY_NAME = /^T([1-9]\d{0,4})_V(0|[1-9]\d{0,2})(\.\d{1,12})?$/;

/**
 * The candidate of this horizon and move, with its canonical name.
 * @param T bars, an integer from 1 to 10000
 * @param X fraction above 0, at most 10
 * @throws BAD_OPTION
 * @example candidateOf(21, 0.085).name // 'T21_X8.5'
 */
export function candidateOf(T: number, X: number): FixedCandidate {
  checkHorizon(T);
  if (!(X > 0 && X <= MAX_MOVE)) throw optionError('a candidate', 'X', `a fraction above 0, at most ${MAX_MOVE} (0.08 is 8 percent)`, X);
  const percent = shiftDecimal(String(X), 2);
  if (!NAME.test(`T${T}_X${percent}`)) throw optionError('a candidate', 'X', 'a fraction with at most 14 decimals', X);
  return { name: `T${T}_X${percent}`, T, X };
}

/**
 * The candidate of this horizon with a barrier of V expected moves, with its canonical name.
 * @param T bars, an integer from 1 to 10000
 * @param V above 0, at most 100
 * @throws BAD_OPTION
 * @example volatilityCandidateOf(14, 1.5).name // 'T14_V1.5'
 */
export function volatilityCandidateOf(T: number, V: number): VolatilityCandidate {
  checkHorizon(T);
  if (!(V > 0 && V <= MAX_VOLATILITIES)) throw optionError('a candidate', 'V', `a number above 0, at most ${MAX_VOLATILITIES} (expected moves of T bars)`, V);
  const moves = shiftDecimal(String(V), 0);
  if (!VOLATILITY_NAME.test(`T${T}_V${moves}`)) throw optionError('a candidate', 'V', 'a number with at most 12 decimals', V);
  return { name: `T${T}_V${moves}`, T, V };
}

function checkHorizon(T: number): void {
  if (!Number.isInteger(T) || T < 1 || T > MAX_HORIZON_BARS) throw optionError('a candidate', 'T', `an integer from 1 to ${MAX_HORIZON_BARS} (bars)`, T);
}

/** The name of a candidate: `formatCandidate(21, 0.085)` is `T21_X8.5`. */
export function formatCandidate(T: number, X: number): string {
  return candidateOf(T, X).name;
}

/**
 * Reads a name such as `T21_X8.5` or `T14_V1.5`. Only the canonical spelling is a name: `T021_X8.50` is refused, with the right one told.
 * @throws BAD_OPTION
 */
export function parseCandidate(name: string): Candidate {
  const match = /^\s*T0*(\d{1,5})_([XV])0*(\d{0,4})(\.\d{1,12})?\s*$/i.exec(name);
  if (match === null) throw badName(name);
  const size = `${match[3] === '' ? '0' : match[3]}${match[4] ?? ''}`;
  const T = Number(match[1]);
  const candidate = match[2].toUpperCase() === 'X' ? candidateOf(T, Number(shiftDecimal(size, -2))) : volatilityCandidateOf(T, Number(size));
  if (candidate.name !== name) throw badName(name, `Did you mean ${candidate.name}?`);
  return candidate;
}

/**
 * Reads a list such as `T21_X8,T14_V1.5`, in its order.
 * @throws BAD_OPTION for an empty list, a name that is none, or one given twice
 */
export function parseCandidates(list: string | readonly string[]): Candidate[] {
  const names = (typeof list === 'string' ? list.split(',') : list).map((name) => name.trim()).filter((name) => name !== '');
  if (names.length === 0) throw new ForecastLabError('BAD_OPTION', 'The list of candidates is empty.', { hint: 'Name at least one, such as T21_X8.' });
  const candidates = names.map(parseCandidate);
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined) throw new ForecastLabError('BAD_OPTION', `The candidate ${twice} is named twice.`, { details: { candidate: twice } });
  return candidates;
}

const NAME_HINT = 'T is the horizon in bars, X the move in percent, V the move in units of volatility: T21_X8 asks for 8 percent within 21 bars, T14_V1.5 for one and a half times the move to be expected in 14 bars.';

function badName(name: string, hint = NAME_HINT): ForecastLabError {
  return optionError('a candidate', 'name', 'of the form T<bars>_X<percent> or T<bars>_V<expected moves>, such as T21_X8 or T14_V1.5', name, hint);
}

/** Moves the decimal point by `places` in the digits themselves, so that 0.07 becomes 7 and not 7.000000000000001. */
function shiftDecimal(number: string, places: number): string {
  const [mantissa, exponent = '0'] = number.toLowerCase().split('e') as [string, string?];
  const [whole, fraction = ''] = mantissa.split('.') as [string, string?];
  const digits = whole + fraction;
  const point = whole.length + Number(exponent) + places;
  const padded = point <= 0 ? '0'.repeat(1 - point) + digits : digits.padEnd(point, '0');
  const at = Math.max(point, 1);
  const integer = padded.slice(0, at).replace(/^0+(?=\d)/, '');
  const rest = padded.slice(at).replace(/0+$/, '');
  return rest === '' ? integer : `${integer}.${rest}`;
}
