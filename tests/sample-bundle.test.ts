// The bundle kept in git, made by an earlier version: it still loads, and gives the same answers in every bit.
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
import { fingerprintKlines, generateSampleMarket, loadBundle, predictDay, SAMPLE_START_MS } from '@forecastlab/core';
import { describe, expect, it } from 'vitest';

const folder = fileURLToPath(new URL('../models/sample/flow_T21X8_T14X8_sample', import.meta.url));
const bundle = loadBundle(new Map(readdirSync(folder).map((name) => [name, new Uint8Array(readFileSync(join(folder, name)))])));
const klines = generateSampleMarket({ seed: 42, interval: '1d', startMs: SAMPLE_START_MS, endMs: Date.UTC(2026, 10, 21) });

/** What the version that made the bundle said of 2026-11-20. */
const EXPECTED = [
  { '-1': 0.19160268280383255, '0': 0.280050383720556, '1': 0.5283469334756115 },
  { '-1': 0.12612146493073287, '0': 0.6245358382499465, '1': 0.24934269681932064 },
];

describe('the sample bundle', () => {
  it('loads: sizes, checksums, schema, trees and parity rows', () => {
    expect(bundle.meta.candidates.map((candidate) => candidate.name)).toEqual(['T21_X8', 'T14_X8']);
    expect(bundle.meta.parity.length).toBeGreaterThan(10);
  });

  it('was trained on bars that the sample market still makes', () => {
    expect(fingerprintKlines(klines)).toBe(bundle.meta.data.fingerprint);
  });

  it('still predicts the same day', () => {
    const prediction = predictDay(bundle, klines);
    expect(prediction.asof_date).toBe('2026-11-20');
    expect(prediction.predictions.map((p) => p.pred_proba)).toEqual(EXPECTED);
  });
});
