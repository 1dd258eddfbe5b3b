// The newest answer as the dashboard shows it.
import type { BundleMeta, DailyPrediction } from '@forecastlab/core';
import { skillView } from './bundle-view.js';
import type { TodayCandidate, TodayView } from './dashboard-data.js';

/**
 * A day's prediction, on file ('recorded') or made now ('replay').
 * The worth of a candidate is taken from the bundle's own meta.json where that is at hand: it knows of flawed labels too.
 */
export function todayView(prediction: DailyPrediction, origin: TodayView['origin'], meta: BundleMeta | null): TodayView {
  const known = meta?.deployName === prediction.deploy_name ? meta.candidates : [];
  return {
    origin,
    asofDate: prediction.asof_date,
    close: prediction.close,
    deployName: prediction.deploy_name,
    candidates: prediction.predictions.map((entry): TodayCandidate => {
      const candidate = known.find(({ name }) => name === entry.candidate);
      const { hasSkill, sentence } = candidate === undefined ? { hasSkill: entry.skill.has_skill, sentence: entry.skill.sentence } : skillView(candidate);
      return {
        candidate: entry.candidate,
        T: entry.T,
        X: entry.X,
        ...(entry.V === undefined ? {} : { V: entry.V }),
        label: entry.pred_label,
        probabilities: [entry.pred_proba['-1'], entry.pred_proba['0'], entry.pred_proba['1']],
        maturesOn: entry.matures_on,
        hasSkill,
        skillSentence: sentence,
        topFeatures: entry.top_features,
        warnings: entry.warnings,
      };
    }),
    warnings: prediction.warnings,
  };
}
