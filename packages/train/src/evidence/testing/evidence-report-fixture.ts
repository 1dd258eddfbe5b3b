// Made-up evidence reports for tests and for looking at: made records, analyzed as real ones are. Seeded, no clock, no files.
import { createRandom, type ForecastRecord, type RecordedForecast } from '@forecastlab/core';
import { HOSTILE } from '../../report/testing/search-report-fixture.js';
import { buildEvidenceReport, type EvidenceReport } from '../evidence-report.js';

export type EvidenceSituation = 'skill' | 'no-skill' | 'single' | 'hostile' | 'empty' | 'short';

export const EVIDENCE_SITUATIONS: readonly EvidenceSituation[] = ['skill', 'no-skill', 'single', 'hostile', 'empty', 'short'];

const DAY_MS = 86_400_000;
const FIRST_MS = Date.UTC(2022, 0, 1);
const SYMBOLS = ['BTCUSDT', 'ETHUSDT', 'XRPUSDT'];

/** A report of one situation. */
export function evidenceReportFixture(situation: EvidenceSituation): EvidenceReport {
  const isHostile = situation === 'hostile';
  const symbols = situation === 'single' ? ['BTCUSDT'] : isHostile ? [HOSTILE, 'ETHUSDT'] : SYMBOLS;
  const names = situation === 'empty' ? [] : situation === 'single' || isHostile ? ['T14_X8'] : ['T7_X6', 'T14_X8', 'T14_V1.5'];
  const times = situation === 'short' ? 40 : 900;
  const knowledge = situation === 'no-skill' ? 0 : 1;
  const record = (candidate: string, of: readonly string[], know = knowledge): ForecastRecord => made({ candidate, symbols: of, times, know, isHostile });
  return buildEvidenceReport({
    run: isHostile ? HOSTILE : `evidence-${situation}`,
    interval: '1d',
    markets: symbols.map((symbol) => ({ symbol, source: isHostile ? 'sample' : 'binance', isSynthetic: isHostile, file: `binance_${symbol}_1d.csv`, fingerprint: 'b3d7f1a09c55e2d47780a1c6f2e4983c', bars: 2880, firstOpenMs: Date.UTC(2018, 0, 1), lastOpenMs: FIRST_MS + times * DAY_MS })),
    leader: isHostile ? HOSTILE : 'BTCUSDT',
    options: { features: 'market', preset: 'pooled', params: isHostile ? { note: HOSTILE } : {}, refitEvery: 63, seed: 42 },
    command: isHostile ? HOSTILE : `forecastlab-train evidence --symbol ${symbols.join(',')} --interval 1d --candidates ${names.join(',')} --preset pooled`,
    warnings: isHostile ? [HOSTILE] : [],
    failures: isHostile || situation === 'empty' ? [{ candidate: isHostile ? HOSTILE : 'T21_X8', message: isHostile ? HOSTILE : '80 labelled rows make no fold.', hint: isHostile ? HOSTILE : null }] : [],
    forecastlab: '0.1.0',
    gitCommit: isHostile ? HOSTILE : '5b40766',
    records: names.map((name) => record(name, symbols)),
    alone: situation === 'skill' ? symbols.map((symbol) => ({ symbol, records: names.map((name) => record(name, [symbol], 0.4)) })) : [],
    ablations: situation === 'skill' || isHostile ? [{ name: isHostile ? HOSTILE : 'logistic alone', note: isHostile ? HOSTILE : 'preset small-data', records: names.map((name) => record(name, symbols, 0.7)) }] : [],
    otherTrials: situation === 'no-skill' ? { total: 20, byRun: [{ run: 'stage1', candidates: 20 }] } : { total: 0, byRun: [] },
    seed: 42,
    samples: 200,
  });
}

/** Calm and wild stretches; the model knows `know` of them, 0 to 1, and drops it on the second market when it knows nothing. */
function made({ candidate, symbols, times, know, isHostile }: { readonly candidate: string; readonly symbols: readonly string[]; readonly times: number; readonly know: number; readonly isHostile: boolean }): ForecastRecord {
  const random = createRandom(7, candidate.length, symbols.length);
  const rows = Array.from({ length: times }, (_, time) => symbols.map((_symbol, symbol) => ({ time, symbol }))).flat();
  const wild = ({ time }: { readonly time: number }): boolean => Math.floor(time / 25) % 2 === 1;
  const shared = Array.from({ length: times + 30 }, () => random.normal());
  const labels = Int8Array.from(rows, ({ time, symbol }) => {
    const move = 0.5 * (shared[time] + shared[time + 1]) + 0.5 * random.normal() + 0.01 * symbol;
    return Math.abs(move) < (wild({ time }) ? 0.4 : 1.2) ? 0 : Math.sign(move);
  });
  const forecast = (name: string, role: RecordedForecast['role'], strength: number, noise: number): RecordedForecast => ({
    name,
    role,
    probabilities: Float64Array.from(
      rows.flatMap((row) => {
        const touched = Math.min(0.95, Math.max(0.05, 0.46 + strength * (wild(row) ? 0.2 : -0.2) + noise * random.normal()));
        return [touched * 0.49, 1 - touched, touched * 0.51];
      }),
    ),
  });
  const isVolatility = candidate.includes('V');
  return {
    candidate,
    T: Number(/^T(\d+)/.exec(candidate)?.[1]),
    intervalMs: DAY_MS,
    symbols,
    symbolIndex: Int32Array.from(rows, ({ symbol }) => symbol),
    openTimeMs: Float64Array.from(rows, ({ time }) => FIRST_MS + time * DAY_MS),
    fold: Int32Array.from(rows, ({ time }) => Math.floor(time / 63)),
    labels,
    barrier: Float64Array.from(rows, (row) => (isVolatility ? 1.5 * (wild(row) ? 0.05 : 0.02) * Math.sqrt(14) : 0.08)),
    volatility: Float64Array.from(rows, (row) => (wild(row) ? 0.05 : 0.02) + (isVolatility ? 0 : 0.0001 * (row.time % 7))),
    forecasts: [
      forecast('model', 'model', know, know === 0 ? 0.1 : 0.01),
      ...(know === 0 ? [] : [forecast(isHostile ? HOSTILE : 'logistic', 'member' as const, 0.8 * know, 0.03), forecast('gbdt', 'member' as const, 0.6 * know, 0.05)]),
      forecast('class-shares', 'baseline', 0, 0),
      forecast('volatility', 'baseline', 0.5, 0.02),
    ],
  };
}
