// Made-up forecast records for tests: calm and wild stretches whose true probabilities are known, labels that overlap as real ones do,
// and markets that move together.
import { createRandom } from '../../../numeric/random.js';
import type { ForecastRecord, RecordedForecast } from '../forecast-record.js';

/** True probabilities of a label in CLASSES order, of thresholds 1.5 and 0.5 on a standard normal: 2 (1 - Φ(1.5)) and 2 (1 - Φ(0.5)) touch. */
export const TRUE_CALM = [0.0668072, 0.8663856, 0.0668072] as const;
export const TRUE_WILD = [0.3085375, 0.382925, 0.3085375] as const;
/** Class shares where half of the bars are wild. */
export const MADE_SHARES = [0.18767235, 0.6246553, 0.18767235] as const;

/** What a forecast may go by. */
export interface MadeRow {
  readonly time: number;
  readonly symbol: number;
  readonly isWild: boolean;
  readonly label: number;
  /** Slow noises that say nothing about the label, standard normal, one for each forecast that wants its own. */
  readonly noise: readonly [number, number];
}

/** How a forecast answers; need not sum to 1. */
export type MadeForecast = (row: MadeRow) => readonly [number, number, number];

export interface MadeRecordOptions {
  readonly seed: number;
  /** Default: 800. */
  readonly times?: number;
  /** Default: three. */
  readonly symbols?: readonly string[];
  /** First time of each market. Default: 0 for all. */
  readonly starts?: readonly number[];
  /** Default: 7. */
  readonly T?: number;
  /** Times between changes of calm and wild. Default: 20. */
  readonly stretch?: number;
  /** How much of a market's move all have in common. Default: 0.7 of the variance. */
  readonly common?: number;
  /** By name; `model`, `class-shares` and `volatility` have their roles, others are members. Default of the baselines: MADE_SHARES. */
  readonly forecasts: Readonly<Record<string, MadeForecast>>;
}

const DAY_MS = 86_400_000;

/** The record; the same options give the same one. */
export function madeRecord({ seed, times = 800, symbols = ['AAAUSDT', 'BBBUSDT', 'CCCUSDT'], starts = [], T = 7, stretch = 20, common = 0.7, forecasts }: MadeRecordOptions): ForecastRecord {
  const moves = overlappingMoves(createRandom(seed, 1), times, T);
  const own = symbols.map((_, symbol) => overlappingMoves(createRandom(seed, 2, symbol), times, T));
  const noises = [3, 4].map((key) => slowNoise(createRandom(seed, key), times));
  const all: Record<string, MadeForecast> = { 'class-shares': () => MADE_SHARES, volatility: () => MADE_SHARES, ...forecasts };
  const rows: MadeRow[] = [];
  for (let time = 0; time < times; time += 1) {
    const isWild = Math.floor(time / stretch) % 2 === 1;
    symbols.forEach((_, symbol) => {
      if (time < (starts[symbol] ?? 0)) return;
      const move = Math.sqrt(common) * moves[time] + Math.sqrt(1 - common) * own[symbol][time];
      const label = Math.abs(move) < (isWild ? 0.5 : 1.5) ? 0 : Math.sign(move);
      rows.push({ time, symbol, isWild, label, noise: [noises[0][time], noises[1][time]] });
    });
  }
  const column = <Values>(from: (values: readonly number[]) => Values, value: (row: MadeRow) => number): Values => from(rows.map(value));
  return {
    candidate: `T${T}_X8`,
    T,
    intervalMs: DAY_MS,
    symbols,
    symbolIndex: column((values) => Int32Array.from(values), ({ symbol }) => symbol),
    openTimeMs: column((values) => Float64Array.from(values), ({ time }) => Date.UTC(2022, 0, 1) + time * DAY_MS),
    fold: column((values) => Int32Array.from(values), ({ time }) => Math.floor(time / 63)),
    labels: column((values) => Int8Array.from(values), ({ label }) => label),
    barrier: column((values) => Float64Array.from(values), () => 0.08),
    volatility: column((values) => Float64Array.from(values), ({ isWild, symbol }) => (isWild ? 0.05 : 0.02) + 0.001 * symbol),
    forecasts: Object.entries(all).map(([name, forecast]): RecordedForecast => ({ name, role: roleOf(name), probabilities: Float64Array.from(rows.flatMap((row) => summingToOne(forecast(row)))) })),
  };
}

/** Knows whether the stretch is wild, and nothing else. */
export const knowsStretch: MadeForecast = ({ isWild }) => (isWild ? TRUE_WILD : TRUE_CALM);

/** Class shares with a touch more or less likely by slow noise that means nothing: `which` noise, `strength` in logits. */
export const noisyTouch = (which: 0 | 1, strength = 0.3): MadeForecast => ({ noise }) => {
  // a rational squashing is enough, and the same everywhere
  const factor = 1 + (strength * noise[which]) / (1 + Math.abs(noise[which]));
  return [MADE_SHARES[0] * factor, MADE_SHARES[1], MADE_SHARES[2] * factor];
};

function roleOf(name: string): RecordedForecast['role'] {
  if (name === 'model') return 'model';
  return name === 'class-shares' || name === 'volatility' ? 'baseline' : 'member';
}

function summingToOne(probabilities: readonly [number, number, number]): readonly number[] {
  const sum = probabilities[0] + probabilities[1] + probabilities[2];
  return probabilities.map((p) => p / sum);
}

/** [times] standard normal sums over the T steps ahead, so that neighbours hang together as labels do. */
function overlappingMoves(random: ReturnType<typeof createRandom>, times: number, T: number): Float64Array {
  const steps = Float64Array.from({ length: times + T }, () => random.normal());
  return Float64Array.from({ length: times }, (_, time) => steps.subarray(time, time + T).reduce((sum, step) => sum + step, 0) / Math.sqrt(T));
}

/** [times] standard normal, fading by 0.9 a step. */
function slowNoise(random: ReturnType<typeof createRandom>, times: number): Float64Array {
  let value = random.normal();
  return Float64Array.from({ length: times }, () => (value = 0.9 * value + Math.sqrt(1 - 0.81) * random.normal()));
}
