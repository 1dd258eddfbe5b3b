// In what an answer differs from another of the same day, for people.
import type { DailyPrediction } from '@forecastlab/core';

/** What an answer is made from. */
export type AnswerInputs = Pick<DailyPrediction, 'symbol' | 'interval' | 'deploy_name' | 'bundle_sha256' | 'data_sha256'> & Pick<Partial<DailyPrediction>, 'leader'>;

const FIELDS = ['symbol', 'interval', 'deploy_name', 'bundle_sha256', 'data_sha256'] as const;

/** One clause for each thing that differs, as in `deploy_name A there, B now`; those that are not known now are passed over. */
export function whatDiffers(there: AnswerInputs, now: Partial<AnswerInputs>): readonly string[] {
  const differing = FIELDS.filter((field) => now[field] !== undefined && there[field] !== now[field]).map((field) => `${field} ${short(there[field])} there, ${short(now[field] ?? '')} now`);
  if (now.data_sha256 !== undefined && now.leader !== undefined && there.leader?.data_sha256 !== now.leader.data_sha256) differing.push('the bars of the leading market are others');
  return differing;
}

const short = (value: string): string => (/^[0-9a-f]{64}$/.test(value) ? value.slice(0, 12) : value);
