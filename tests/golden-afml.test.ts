// Labels and sample weights of "Advances in Financial Machine Learning" against mlfinpy 0.1.2 on 1000 dollar bars of the E-mini.
// Where that library departs from its own definitions, the test shows the difference and the reason.
import { readFileSync } from 'node:fs';
import {
  averageUniqueness,
  countConcurrentLabels,
  cusumEvents,
  dailyVolatility,
  drawProbabilities,
  labelTripleBarrier,
  metaLabels,
  returnWeights,
  timeDecayWeights,
  type TripleBarrierLabels,
  type TripleBarrierOptions,
} from '@forecastlab/core';
import { afterAll, describe, expect, it } from 'vitest';
import { describeShared, readCsvRows, sharedPath } from './support/shared.js';

const DAY_MS = 86_400_000;

type Pair = [time: string, value: number | null];

interface Case {
  readonly name: string;
  readonly params: { cusum_threshold: number; vol_span: number; vertical_days: number; vertical_hours: number; vertical: boolean; pt_sl: [number, number]; min_ret: number; side: number | null };
  readonly n_cusum_events: number;
  readonly cusum_first_last: [string, string];
  readonly cusum_events: string[];
  readonly events: { t0: string; t1: string | null; trgt: number; side?: number; pt: number; sl: number }[];
  readonly bins: { t0: string; ret: number; trgt: number; bin: number; side?: number }[];
  readonly bin_counts: Record<string, number>;
  readonly n_events_without_nan?: number;
  readonly concurrency?: Pair[];
  readonly avg_uniqueness?: Pair[];
  readonly weights_by_return?: Pair[];
}

interface Reference {
  readonly published_literals: Record<string, number> & Record<string, never>;
  readonly daily_vol_span100: Pair[];
  readonly cases: Case[];
  readonly hourly_example: { t0_bar_index: number[]; concurrency: Pair[]; avg_uniqueness: Pair[] };
}

/** What a case covers: every key of it is checked below. */
const CASE_KEYS = ['name', 'params', 'n_cusum_events', 'cusum_first_last', 'cusum_events', 'events', 'bins', 'bin_counts'];
const WEIGHT_KEYS = ['n_events_without_nan', 'concurrency', 'avg_uniqueness', 'weights_by_return', 'weights_time_decay_1', 'weights_time_decay_0.5', 'weights_time_decay_0', 'weights_time_decay_-0.5'];

describeShared('labels and weights of mlfinpy', () => {
  const reference = JSON.parse(readFileSync(sharedPath('data/afml/expected_mlfinpy.json'), 'utf8')) as Reference;
  const rows = readCsvRows(sharedPath('data/afml/dollar_bar_sample.csv'));
  const close = Float64Array.from(rows, (row) => Number(row.close));
  const timeMs = Float64Array.from(rows, (row) => Date.parse(`${(row.date_time as string).replace(' ', 'T')}Z`));
  const prices = { close, timeMs };
  const volatility = dailyVolatility(prices, { spanBars: 100 });
  const barOf = (time: string): number => timeMs.indexOf(Date.parse(`${time}Z`));
  const published = reference.published_literals as Record<string, unknown>;

  const largest = new Map<string, number>();
  /** Holds `ours` to `theirs`, relatively, and keeps the largest deviation. */
  const near = (what: string, ours: number, theirs: number, tolerance = 1e-12): void => {
    const deviation = ours === theirs ? 0 : Math.abs((ours - theirs) / theirs);
    largest.set(what, Math.max(largest.get(what) ?? 0, deviation));
    expect(deviation, `${what}: ${ours} against ${theirs}`).toBeLessThanOrEqual(tolerance);
  };
  afterAll(() => console.log(`golden afml, largest relative deviations: ${[...largest].map(([what, value]) => `${what} ${value.toExponential(1)}`).join(', ')}`));

  const optionsOf = ({ params }: Case): TripleBarrierOptions => ({
    events: cusumEvents(prices, { threshold: params.cusum_threshold }),
    target: params.vol_span === 100 ? volatility : dailyVolatility(prices, { spanBars: params.vol_span }),
    profitTaking: params.pt_sl[0],
    stopLoss: params.pt_sl[1],
    minReturn: params.min_ret,
    verticalBarrier: params.vertical ? { timeMs: params.vertical_days * DAY_MS + params.vertical_hours * 3_600_000 } : 'none',
    ...(params.side === null ? {} : { side: new Float64Array(close.length).fill(params.side) }),
  });
  /** The spans of the book count the bar of the event too. */
  const bookSpans = (labels: TripleBarrierLabels) => ({ spanStart: labels.rows, spanEnd: labels.spanEnd });

  it('are the keys that this file knows', () => {
    // Purged k-fold lists are validation, not labels.
    expect(Object.keys(reference)).toEqual(['source', 'data', 'published_literals', 'daily_vol_span100', 'cases', 'hourly_example', 'purged_kfold', 'quirks_of_the_oracle']);
    expect(reference.cases.map((c) => Object.keys(c))).toEqual([[...CASE_KEYS, ...WEIGHT_KEYS], [...CASE_KEYS, ...WEIGHT_KEYS], CASE_KEYS, [...CASE_KEYS, ...WEIGHT_KEYS]]);
    expect(Object.keys(reference.hourly_example)).toEqual(['bars', 't0_bar_index', 't1', 'concurrency', 'avg_uniqueness']);
  });

  it('have the same daily volatility in every bar', () => {
    const theirs = reference.daily_vol_span100;
    expect(theirs).toHaveLength(published.daily_vol_rows as number);
    expect(volatility.subarray(0, close.length - theirs.length).every(Number.isNaN)).toBe(true);
    theirs.forEach(([time, value], i) => {
      const bar = close.length - theirs.length + i;
      expect(timeMs[bar]).toBe(Date.parse(`${time}Z`));
      if (value === null) expect(volatility[bar]).toBeNaN();
      else near('daily volatility', volatility[bar], value);
    });
    near('daily volatility', volatility[close.length - 1], published.daily_vol_span100_last as number);
  });

  it('have the published number of events for a dynamic threshold', () => {
    expect(cusumEvents(prices, { threshold: close.map((price) => price * 1e-5) })).toHaveLength(published['cusum dynamic threshold close*1e-5: events'] as number);
  });

  describe.each(reference.cases)('case $name', (theirs) => {
    const options = optionsOf(theirs);
    const labels = labelTripleBarrier(prices, options);
    const finished = theirs.events.filter((event) => event.t1 !== null);

    it('has the same events', () => {
      expect(Array.from(options.events)).toEqual(theirs.cusum_events.map(barOf));
      expect(options.events).toHaveLength(theirs.n_cusum_events);
      expect([options.events[0], options.events[options.events.length - 1]]).toEqual(theirs.cusum_first_last.map(barOf));
    });

    it('has the same first touches, targets, returns and bins', () => {
      expect(theirs.events.every((event) => event.pt === options.profitTaking && event.sl === options.stopLoss && (event.side ?? null) === theirs.params.side)).toBe(true);
      expect([...labels.rows]).toEqual(finished.map((event) => barOf(event.t0)));
      expect([...labels.spanEnd]).toEqual(finished.map((event) => barOf(event.t1 as string)));
      expect([...labels.spanStart]).toEqual([...labels.rows].map((row) => row + 1));
      finished.forEach((event, i) => near('target', labels.target[i], event.trgt));
      // The event without an end in the data has no label: neither here nor among their bins.
      for (const event of theirs.events.filter(({ t1 }) => t1 === null)) near('target', volatility[barOf(event.t0)], event.trgt);

      const bins = theirs.params.side === null ? labels.label : metaLabels(labels);
      expect([...labels.rows]).toEqual(theirs.bins.map((bin) => barOf(bin.t0)));
      expect([...bins]).toEqual(theirs.bins.map((bin) => bin.bin));
      for (const [bin, count] of Object.entries(theirs.bin_counts)) expect(bins.filter((value) => value === Number(bin)).length).toBe(count);
      theirs.bins.forEach((bin, i) => {
        near('target', labels.target[i], bin.trgt);
        expect(labels.side?.[i] ?? null).toBe(bin.side ?? null);
        // Theirs went through the difference of two logarithms near 7.6, whose last bits are 9e-16: compared as price ratios.
        near('return + 1', labels.outcome[i] + 1, bin.ret + 1, 2e-15);
      });
    });

    if (theirs.concurrency === undefined) return;

    it('has the same concurrency, uniqueness and weights', () => {
      expect(labels.rows).toHaveLength(theirs.n_events_without_nan as number);
      const spans = bookSpans(labels);
      const concurrency = countConcurrentLabels(spans, { bars: close.length });
      const counted = theirs.concurrency as Pair[];
      const first = barOf(counted[0][0]);
      counted.forEach(([time, value], i) => expect([timeMs[first + i], concurrency[first + i]]).toEqual([Date.parse(`${time}Z`), value]));
      expect(concurrency.reduce((sum, count) => sum + count, 0)).toBe(counted.reduce((sum, [, count]) => sum + (count as number), 0));

      const uniqueness = averageUniqueness(spans);
      const compare = (what: string, ours: Float64Array, key: string): void => {
        const pairs = theirs[key as 'avg_uniqueness'] as Pair[];
        expect(pairs.map(([time]) => barOf(time))).toEqual([...labels.rows]);
        pairs.forEach(([, value], i) => (value === 0 ? expect(ours[i]).toBe(0) : near(what, ours[i], value as number)));
      };
      compare('uniqueness', uniqueness, 'avg_uniqueness');
      compare('return weights', returnWeights(prices, spans), 'weights_by_return');
      for (const oldest of [1, 0.5, 0, -0.5]) compare('time decay', timeDecayWeights(uniqueness, { oldest }), `weights_time_decay_${oldest}`);
    });
  });

  it('have the published values of events and weights', () => {
    const [a, , c, d] = reference.cases.map((theirs) => labelTripleBarrier(prices, optionsOf(theirs))) as [TripleBarrierLabels, TripleBarrierLabels, TripleBarrierLabels, TripleBarrierLabels];
    const events = published['triple_barrier(thr .02, 1 day, pt_sl 1/1, min_ret .005)'] as Record<string, number>;
    expect(a.rows).toHaveLength(events.n_events);
    near('target', a.target[0], events.first_target);
    near('target', a.target[7], events.last_target);
    expect(a.spanEnd.filter((end, i) => end !== c.spanEnd[i]).length).toBe(events.events_whose_t1_changes_without_vertical_barrier);
    expect([...a.rows]).toEqual([...cusumEvents(prices, { threshold: 0.02 })].slice(1));

    // Six decimals. The tests that these literals come from accept any number; ours do not.
    const weights = returnWeights(prices, bookSpans(d));
    const [first, fourth] = published['weights_by_return [0],[3] (thr .02, 2 days, pt_sl 4/4, side 1)'] as [number, number];
    expect(weights[0]).toBeCloseTo(first, 6);
    expect(weights[3]).toBeCloseTo(fourth, 6);
    const uniqueness = averageUniqueness(bookSpans(d));
    expect(timeDecayWeights(uniqueness, { oldest: 0.5 })[0]).toBeCloseTo(published['time_decay .5 [0]'] as number, 6);
    expect(timeDecayWeights(uniqueness, { oldest: -0.5 }).filter((weight) => weight === 0).length).toBe(published['time_decay -.5 zeros']);
  });

  it('agree on the hourly example', () => {
    const spanStart = reference.hourly_example.t0_bar_index;
    const spans = { spanStart, spanEnd: spanStart.map((bar) => bar + 2) };
    const concurrency = countConcurrentLabels(spans, { bars: 169 });
    const start = Date.UTC(2018, 0, 1);
    for (const [time, value] of reference.hourly_example.concurrency) expect(concurrency[(Date.parse(`${time}Z`) - start) / 3_600_000]).toBe(value);
    for (const [count, bars] of Object.entries(published['hourly example concurrency counts'] as Record<string, number>)) {
      expect(concurrency.subarray(1, 23).filter((value) => value === Number(count)).length).toBe(bars);
    }
    const uniqueness = averageUniqueness(spans);
    reference.hourly_example.avg_uniqueness.forEach(([time, value], i) => {
      expect(start + spanStart[i] * 3_600_000).toBe(Date.parse(`${time}Z`));
      near('uniqueness', uniqueness[i], value as number);
    });
    // The published values are cut after two decimals.
    expect([0, 2, 5, 7].map((i) => Math.trunc(uniqueness[i] * 100) / 100)).toEqual([...(published['hourly example avg uniqueness [0],[2],[5],[-1]'] as number[])]);
  });

  it("agree on the book's matrix", () => {
    const spans = { spanStart: [0, 2, 4], spanEnd: [2, 3, 5] };
    const uniqueness = averageUniqueness(spans);
    (published['book matrix per label'] as number[]).forEach((value, i) => expect(uniqueness[i]).toBeCloseTo(value, 4));
    // The mean over all cells of the matrix weighs each label by its length.
    const cells = spans.spanStart.map((first, i) => spans.spanEnd[i] - first + 1);
    const mean = uniqueness.reduce((sum, value, i) => sum + value * cells[i], 0) / cells.reduce((sum, count) => sum + count, 0);
    expect(mean).toBeCloseTo(published['book matrix avg uniqueness'] as number, 4);
    expect([...drawProbabilities(spans, [])]).toEqual([1 / 3, 1 / 3, 1 / 3]);
    (published['seq bootstrap 2nd draw prob after label 2'] as number[]).forEach((value, i) => expect(drawProbabilities(spans, [1])[i]).toBeCloseTo(value, 8));
  });

  describe('where mlfinpy is not followed', () => {
    const day = { target: volatility, minReturn: 0.0005, verticalBarrier: { timeMs: DAY_MS } };
    const touches = (labels: TripleBarrierLabels): number[][] => Array.from(labels.rows, (row, i) => [row, labels.spanEnd[i]]);

    it('the stop-loss factor counts without a side too', () => {
      const options = { ...day, events: cusumEvents(prices, { threshold: 0.02 }), profitTaking: 1, stopLoss: 2 };
      // [event, end] that mlfinpy finds with pt_sl = [1, 2] and no side, and with the side 1: then it has two factors.
      const itsFirstFactorTwice = [[60, 74], [217, 262], [330, 371], [408, 445], [572, 584], [623, 629], [733, 742], [879, 901], [963, 988]];
      const itsTwoFactors = [[60, 118], [217, 262], [330, 371], [408, 488], [572, 584], [623, 629], [733, 783], [879, 901]];
      const ours = labelTripleBarrier(prices, options);
      expect(touches(ours)).toEqual(itsTwoFactors);
      expect(touches(labelTripleBarrier(prices, { ...options, side: new Float64Array(close.length).fill(1) }))).toEqual(itsTwoFactors);
      expect(touches(labelTripleBarrier(prices, { ...options, stopLoss: 1 }))).toEqual(itsFirstFactorTwice);
      // It ends the label of bar 733 at a fall that is no more than once the target, calls it 0 though no time was up, and so misses
      // that the price then reached the profit-taking barrier without having touched the stop.
      const outcomes = Array.from(close, (price) => price / close[733] - 1);
      const target = volatility[733];
      expect(outcomes[742]).toBeLessThan(-target);
      expect(Math.min(...outcomes.slice(734, 784))).toBeGreaterThan(-2 * target);
      expect(outcomes.slice(734, 783).every((outcome) => outcome <= target)).toBe(true);
      expect(outcomes[783]).toBeGreaterThan(target);
      expect(ours.label[6]).toBe(1);
    });

    it('a label names the barrier that ended it', () => {
      const labels = labelTripleBarrier(prices, { ...day, events: cusumEvents(prices, { threshold: 0.006 }), profitTaking: 2, stopLoss: 2 });
      const i = labels.rows.indexOf(195);
      // Both end the label at bar 231, where the simple return passes the barrier; mlfinpy calls it 0, because the log return
      // does not pass 2 × log(1 + target): it measures the barrier on another scale than the touch.
      expect(labels.spanEnd[i]).toBe(231);
      const target = labels.target[i];
      expect(close[231] / close[195] - 1).toBeGreaterThan(2 * target);
      expect(Math.log(close[231] / close[195])).toBeLessThan(2 * Math.log(1 + target));
      expect(labels.label[i]).toBe(1);
    });

    it('the outcome of a short bet is the return that its barriers are held against', () => {
      const labels = labelTripleBarrier(prices, { ...day, minReturn: 0.005, events: cusumEvents(prices, { threshold: 0.02 }), side: new Float64Array(close.length).fill(-1) });
      // mlfinpy gives exp(-log return) - 1, the return of the inverse price: its first bet loses 0.670 percent instead of 0.675.
      expect([labels.rows[0], labels.spanEnd[0]]).toEqual([217, 262]);
      expect(close[217] / close[262] - 1).toBeCloseTo(-0.0067040468064355485, 14);
      expect(labels.outcome[0]).toBe(-(close[262] / close[217] - 1));
      expect([...metaLabels(labels)]).toEqual([0, 0, 1, 0, 0, 1, 0, 1]);
    });
  });
});
