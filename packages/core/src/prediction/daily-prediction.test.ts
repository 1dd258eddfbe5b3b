import { describe, expect, it } from 'vitest';
import { DAILY_PREDICTION_SCHEMA, type DailyPrediction, formatDailyPrediction, parseDailyPrediction } from './daily-prediction.js';

const prediction: DailyPrediction = {
  schema: DAILY_PREDICTION_SCHEMA,
  asof_date: '2025-01-31',
  symbol: 'SAMPLEUSDT',
  interval: '1d',
  synthetic: true,
  close: 101.5,
  deploy_name: 'flow_T21X8_20250131',
  bundle_sha256: 'a'.repeat(64),
  data_sha256: 'b'.repeat(64),
  predictions: [
    {
      candidate: 'T21_X8',
      T: 21,
      X: 0.08,
      pred_label: 1,
      pred_proba: { '-1': 0.2, '0': 0.3, '1': 0.5 },
      matures_on: '2025-02-21',
      skill: { has_skill: false, sentence: 'No measurable skill.' },
      top_features: [{ name: 'rsi_14', value: null, contribution: 0.25 }],
      warnings: [],
    },
  ],
  warnings: ['synthetic prices'],
};
const file = { fileName: '2025-01-31.json' };

describe('daily prediction files', () => {
  it('reads what it writes', () => {
    expect(parseDailyPrediction(formatDailyPrediction(prediction), file)).toEqual(prediction);
  });

  it('names the file when it is cut, empty or something else', () => {
    const text = formatDailyPrediction(prediction);
    for (const bad of [text.slice(0, 200), '', '[]', '{"schema":"other"}']) {
      expect(() => parseDailyPrediction(bad, file)).toThrow('2025-01-31.json is not a daily prediction');
    }
  });

  it('gives the same bytes whatever the order of fields, and reads files of older versions, which have no checksum', () => {
    const { warnings, ...rest } = prediction;
    expect(formatDailyPrediction({ warnings, ...rest })).toBe(formatDailyPrediction(prediction));
    expect(parseDailyPrediction(JSON.stringify(prediction), file)).toEqual(prediction);
  });

  it('notices every character that was changed, but for blanks between fields', () => {
    const text = formatDailyPrediction(prediction);
    let unnoticed = 0;
    for (let at = 0; at < text.length; at += 1) {
      const changed = `${text.slice(0, at)}${String.fromCharCode(text.charCodeAt(at) ^ 1)}${text.slice(at + 1)}`;
      try {
        expect(parseDailyPrediction(changed, file)).toEqual(prediction);
        unnoticed += 1;
      } catch (error) {
        expect(error).toMatchObject({ code: 'CORRUPT' });
      }
    }
    // the name of the checksum itself: the file passes for one of an older version
    expect(unnoticed).toBe('content_sha256'.length);
  });

  it('refuses probabilities that do not sum to 1 and labels that do not exist', () => {
    const spoil = (change: object): string => formatDailyPrediction({ ...prediction, predictions: [{ ...prediction.predictions[0], ...change } as never] });
    expect(() => parseDailyPrediction(spoil({ pred_proba: { '-1': 0.5, '0': 0.5, '1': 0.5 } }), file)).toThrow('sum to 1');
    expect(() => parseDailyPrediction(spoil({ pred_label: 2 }), file)).toThrow('pred_label');
  });
});
