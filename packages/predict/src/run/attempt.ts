// What may go wrong with one market or day, without ending the others.
import { type ForecastLabError, isForecastLabError } from '@forecastlab/core';
import { exitCodeOf, explainSystemError } from '@forecastlab/core/node';
import type { FailureCode, MarketFailure } from './prediction-request.js';

export type Attempt<Value> = { readonly value: Value } | { readonly error: ForecastLabError };

/** The value, or the error in our words; an interruption, or an error that is none of ours, ends the whole run. */
export async function attempt<Value>(work: () => Promise<Value>): Promise<Attempt<Value>> {
  try {
    return { value: await work() };
  } catch (error) {
    const told = isForecastLabError(error) ? error : explainSystemError(error);
    if (told === undefined || told.code === 'INTERRUPTED') throw error;
    return { error: told };
  }
}

export function describeFailure(symbol: string, error: ForecastLabError): MarketFailure {
  return { symbol, code: error.code, message: error.message, hint: error.hint ?? null, exitCode: failureCode(error) };
}

export function failureCode(error: ForecastLabError): FailureCode {
  const code = exitCodeOf(error);
  return code === 2 || code === 75 ? code : 1;
}

/** 0 when nothing failed, 3 when something was done, else what all failures agree on. */
export function exitCodeFor(done: number, failures: readonly { readonly exitCode: FailureCode }[]): 0 | 3 | FailureCode {
  if (failures.length === 0) return 0;
  if (done > 0) return 3;
  const [first] = failures;
  return failures.every(({ exitCode }) => exitCode === first.exitCode) ? first.exitCode : 1;
}
