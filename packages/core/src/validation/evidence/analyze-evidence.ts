// From out-of-sample forecasts to evidence: skill against every other forecast, where it lies, when and where it holds, and whether all
// of it may be chance.
import { mean, rowBrierScores } from '../metrics/probability-scores.js';
import { lossGains } from '../skill/block-bootstrap.js';
import { checkRecord } from './check-record.js';
import { dieboldMariano } from './diebold-mariano.js';
import { eventReliability } from './event-reliability.js';
import type { Evidence, ForecastComparison, GroupSkill, PartSkill, PartSkills } from './evidence.js';
import { evidenceVerdict } from './evidence-verdict.js';
import type { ForecastRecord, RecordedForecast } from './forecast-record.js';
import { gainSeries, meanOver, type RecordView, shareOfLoss, testGains, viewRecord } from './gain-series.js';
import { type PartLosses, partLosses } from './part-losses.js';
import { distanceGroups, type RecordGroup, regimeGroups, symbolGroups, yearGroups } from './record-groups.js';
import { testEvidence, type TestedEvidence } from './test-evidence.js';

export interface EvidenceOptions {
  /** Candidates and settings tried elsewhere on the same markets: each could have been the lucky one. */
  readonly otherTrials: number;
}

/**
 * The evidence of one record.
 * Throws BAD_DATA for a record that contradicts itself, BAD_OPTION on options.
 * @example analyzeEvidence(record, { otherTrials: 0 }).verdict.sentence
 */
export function analyzeEvidence(record: ForecastRecord, options: EvidenceOptions): Evidence {
  return analyzeTogether([record], options)[0];
}

/**
 * The evidence of several candidates on the same markets, in the order given: their p-values, and so their verdicts, allow for each other.
 * Throws as analyzeEvidence.
 */
export function analyzeTogether(records: readonly ForecastRecord[], { otherTrials }: EvidenceOptions): readonly Evidence[] {
  const prepared = records.map((record) => prepare(record));
  const superiority = testEvidence(prepared.map(testedOf), { otherTrials });
  return prepared.map((one, place) => {
    const found: Omit<Evidence, 'verdict'> = { ...describe(one), superiority: superiority[place] };
    return { ...found, verdict: evidenceVerdict(found) };
  });
}

interface Prepared {
  readonly record: ForecastRecord;
  readonly view: RecordView;
  readonly model: RecordedForecast;
  /** By forecast of the record. */
  readonly losses: ReadonlyMap<RecordedForecast, PartLosses>;
  readonly modelLosses: PartLosses;
  /** Class shares, then volatility where there is one. */
  readonly baselines: readonly (PartLosses & { readonly name: string })[];
}

function prepare(record: ForecastRecord): Prepared {
  const { model, classShares } = checkRecord(record);
  const losses = new Map(record.forecasts.map((forecast) => [forecast, partLosses(record.labels, forecast.probabilities)]));
  const volatility = record.forecasts.find(({ name }) => name === 'volatility');
  const baselines = [classShares, ...(volatility === undefined ? [] : [volatility])].map((forecast) => ({ name: forecast.name, ...(losses.get(forecast) as PartLosses) }));
  return { record, view: viewRecord(record), model, losses, modelLosses: losses.get(model) as PartLosses, baselines };
}

/** Every baseline of the record must be beaten. */
function testedOf({ record, view, modelLosses, losses }: Prepared): TestedEvidence {
  const baselines = record.forecasts.filter(({ role }) => role === 'baseline');
  return { view, modelLosses: modelLosses.total, baselines: baselines.map((forecast) => ({ name: forecast.name, losses: (losses.get(forecast) as PartLosses).total })) };
}

function describe(prepared: Prepared): Omit<Evidence, 'verdict' | 'superiority'> {
  const { record, view, model, losses } = prepared;
  const { candidate, T, intervalMs, symbols, labels, fold, forecasts } = record;
  const members = forecasts.filter(({ role }) => role === 'member');
  const lossOf = (forecast: RecordedForecast): number => mean((losses.get(forecast) as PartLosses).total);
  const groups = (found: readonly RecordGroup[]): readonly GroupSkill[] => found.map((group) => groupSkill(prepared, group));
  return {
    candidate,
    T,
    intervalMs,
    symbols,
    rows: labels.length,
    times: view.times.length,
    folds: new Set(fold).size,
    firstMs: view.times[0],
    lastMs: view.times[view.times.length - 1],
    classCounts: [-1, 0, 1].map((label) => labels.reduce((sum, own) => sum + (own === label ? 1 : 0), 0)),
    eventBlocks: view.eventBlocks,
    forecasts: [model, ...forecasts.filter((forecast) => forecast !== model)].map((forecast) => ({
      name: forecast.name,
      role: forecast.role,
      logLoss: lossOf(forecast),
      brier: mean(rowBrierScores(labels, forecast.probabilities)),
    })),
    comparisons: forecasts.filter((forecast) => forecast !== model).map((other) => compare(prepared, other)),
    bestMember: members.length === 0 ? null : members.reduce((best, member) => (lossOf(member) < lossOf(best) ? member : best)).name,
    parts: prepared.baselines.map((baseline) => partSkills(prepared, baseline)),
    bySymbol: groups(symbolGroups(record)),
    byYear: groups(yearGroups(record)),
    byRegime: groups(regimeGroups(record)),
    byDistance: groups(distanceGroups(record)),
    reliability: eventReliability(labels, model.probabilities, view.blockLength * Math.ceil(labels.length / view.times.length)),
  };
}

function compare({ record: { T }, view, losses, modelLosses }: Prepared, other: RecordedForecast): ForecastComparison {
  const { total } = losses.get(other) as PartLosses;
  const gains = lossGains(modelLosses.total, total);
  return {
    name: other.name,
    role: other.role,
    skill: shareOfLoss(gains, testGains(gains, view), meanOver(total, view), view),
    dieboldMariano: dieboldMariano(gainSeries(gains, view), { T }),
  };
}

function partSkills({ view, modelLosses }: Prepared, baseline: Prepared['baselines'][number]): PartSkills {
  const total = meanOver(baseline.total, view);
  const part = (which: 'touch' | 'side'): PartSkill => {
    const gains = lossGains(modelLosses[which], baseline[which]);
    const test = testGains(gains, view);
    const own = meanOver(baseline[which], view);
    return { modelLoss: meanOver(modelLosses[which], view), baselineLoss: own, ofTotal: shareOfLoss(gains, test, total, view), ofPart: shareOfLoss(gains, test, own, view) };
  };
  return { against: baseline.name, touch: part('touch'), side: part('side') };
}

function groupSkill({ record, modelLosses, baselines }: Prepared, { name, rows }: RecordGroup): GroupSkill {
  const view = viewRecord(record, rows);
  const [classShares, volatility] = baselines.map(({ total }) => {
    const gains = lossGains(modelLosses.total, total);
    return shareOfLoss(gains, testGains(gains, view), meanOver(total, view), view);
  });
  return {
    name,
    rows: rows.length,
    logLoss: meanOver(modelLosses.total, view),
    touched: rows.filter((row) => record.labels[row] !== 0).length / rows.length,
    againstClassShares: classShares,
    againstVolatility: volatility ?? null,
    isWorse: classShares.interval !== null && classShares.interval[1] < 0,
  };
}
