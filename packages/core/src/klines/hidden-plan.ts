// The hidden plan of the synthetic market: phases of rising, falling and calm, laid out ahead of the bars, so that order flow
// can betray what comes, as informed buying would. It is the signal that models are meant to find.
import type { Random } from '../numeric/random.js';

// Long enough for an 8 % move within 14 to 21 days to be the rule in a trend and the exception in a calm.
const TREND_DAYS = [12, 34] as const;
const CALM_DAYS = [12, 34] as const;
// Of phases in a row, one in four goes from trend to trend without a calm between.
const TURN_CHANCE = 0.25;
// The plan leans back when it has gone far, so that the price stays within a decade or so: full lean after this many trend days.
const LEAN_DAYS = 20;
const LEAN = 0.45;

interface Phase {
  readonly startDay: number;
  readonly direction: -1 | 0 | 1;
  /** Trend days (up minus down) before this phase. */
  readonly before: number;
}

/** Phases over time in days since the market began; the same stream gives the same plan, whatever is asked. */
export class HiddenPlan {
  private readonly phases: Phase[] = [{ startDay: 0, direction: 0, before: 0 }];
  private plannedDays: number;
  private at = 0;

  constructor(private readonly random: Random) {
    this.plannedDays = this.length(CALM_DAYS);
  }

  /** Mean direction, -1 to 1, from `fromDay` to `toDay`. */
  meanDirection(fromDay: number, toDay: number): number {
    return (this.trendDays(toDay) - this.trendDays(fromDay)) / (toDay - fromDay);
  }

  /** Up minus down days from the beginning to `day`. */
  private trendDays(day: number): number {
    const phase = this.phaseAt(day);
    return phase.before + phase.direction * (day - phase.startDay);
  }

  private phaseAt(day: number): Phase {
    while (this.plannedDays <= day) this.addPhase();
    while (this.at > 0 && this.phases[this.at].startDay > day) this.at -= 1;
    while (this.at + 1 < this.phases.length && this.phases[this.at + 1].startDay <= day) this.at += 1;
    return this.phases[this.at];
  }

  private addPhase(): void {
    const { phases, random } = this;
    const last = phases[phases.length - 1];
    const startDay = this.plannedDays;
    const before = last.before + last.direction * (startDay - last.startDay);
    const turns = random.next() < TURN_CHANCE;
    const goesUp = random.next() < 0.5 - LEAN * Math.max(-1, Math.min(1, before / LEAN_DAYS));
    let direction: -1 | 0 | 1 = goesUp ? 1 : -1;
    if (last.direction !== 0) direction = turns ? (last.direction === 1 ? -1 : 1) : 0;
    phases.push({ startDay, direction, before });
    this.plannedDays = startDay + this.length(direction === 0 ? CALM_DAYS : TREND_DAYS);
  }

  private length([shortest, longest]: readonly [number, number]): number {
    return shortest + (longest - shortest) * this.random.next();
  }
}
