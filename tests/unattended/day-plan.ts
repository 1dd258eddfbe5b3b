// What happens to the machine and the world on one day: drawn at random, the same for the same seed.
import type { Random } from '@forecastlab/core';
import { type Damage, DAMAGES } from '../support/damage-file.js';

/** How the exchange answers until some hour of the day. `late`: the newest bar is not there yet. */
export type ExchangeTrouble = 'down' | 'busy' | 'banned' | 'late';
/** What befalls a process. `disk error`: one operation fails. `twice`: two are started at once. */
export type ProcessTrouble = 'killed' | 'killed after the deed' | 'disk error' | 'twice';
/** How this machine's clock is wrong: all day, or from some moment of a run on. */
export type ClockTrouble = 'a day behind' | 'a year ahead' | 'jumps';
/** Which of the files gets damaged in the night. */
export const VICTIMS = ['prediction', 'old-prediction', 'pointer', 'promotions', 'bundle', 'run-record', 'outcomes', 'klines', 'manifest'] as const;
export type Victim = (typeof VICTIMS)[number];

export interface DayPlan {
  /** The machine is off today and for so many days in all; 0: it runs. */
  readonly offDays: number;
  readonly exchange?: { readonly trouble: ExchangeTrouble; readonly untilHour: number };
  /** The disk is full until so many hours after midnight, which may be another day. */
  readonly diskFullHours: number;
  /** `moment`: where in the run, 0 to 1. */
  readonly process?: { readonly trouble: ProcessTrouble; readonly moment: number };
  /** The same for the jobs after it. */
  readonly otherProcess?: { readonly trouble: ProcessTrouble; readonly moment: number };
  readonly clock?: ClockTrouble;
  readonly damage?: { readonly victim: Victim; readonly damage: Damage };
  /** The exchange changes yesterday's bar after it was fetched. */
  readonly isRestated: boolean;
  /** A person goes back to the bundle before. */
  readonly isRolledBack: boolean;
}

/** A day with one trouble or several, or none. */
export function planDay(random: Random): DayPlan {
  const happens = (share: number): boolean => random.next() < share;
  const one = <T>(choices: readonly T[]): T => choices[random.integer(choices.length)] as T;
  // every draw is made on every day, so that one kind of trouble more does not move all the others
  const off = happens(0.02) ? (happens(0.3) ? 8 + random.integer(3) : 1 + random.integer(7)) : 0;
  const exchange = { trouble: one<ExchangeTrouble>(['down', 'busy', 'banned', 'late']), untilHour: 1 + random.integer(16) };
  const isExchange = happens(0.15);
  const fullHours = happens(0.04) ? 1 + random.integer(60) : 0;
  const process = { trouble: one<ProcessTrouble>(['killed', 'killed', 'killed after the deed', 'disk error', 'twice']), moment: random.next() };
  const isProcess = happens(0.3);
  const otherProcess = { trouble: one<ProcessTrouble>(['killed', 'killed after the deed', 'disk error', 'twice']), moment: random.next() };
  const isOther = happens(0.3);
  const clock = one<ClockTrouble>(['a day behind', 'a year ahead', 'jumps']);
  const isClock = happens(0.06);
  const damage = { victim: one(VICTIMS), damage: one(DAMAGES) };
  const isDamage = happens(0.14);
  return {
    offDays: off,
    diskFullHours: fullHours,
    ...(isExchange ? { exchange } : {}),
    ...(isProcess ? { process } : {}),
    ...(isOther ? { otherProcess } : {}),
    ...(isClock ? { clock } : {}),
    ...(isDamage ? { damage } : {}),
    isRestated: happens(0.06),
    isRolledBack: happens(0.01),
  };
}
