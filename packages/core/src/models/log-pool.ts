// A logarithmic opinion pool behind the Classifier interface: the weighted geometric mean of several models, drawn a little towards the prior,
// or as far as their forecasts of unseen rows ask for. (Genest & Zidek, Statistical Science 1986; the exponent as in Platt's scaling.)
import { z } from 'zod';
import type { ClassifierKind } from './classifier.js';
import { fitLogPool } from './log-pool/fit-log-pool.js';
import { MOST_MEMBERS, resolveLogPool } from './log-pool/log-pool-params.js';
import { createPooledClassifier } from './log-pool/pooled-classifier.js';
import { type NestedKinds, restoreInside } from './nested/nested-kinds.js';
import { corruptModel, featureNamesSchema, readModelDocument } from './read-model-document.js';

/**
 * The kind `log-pool`, with members found through `kinds`. `params`: LogPoolParams. Its fit needs `rows` and `spanEnd` wherever
 * weights or trust are fitted. Offsets are given to members that take them, and are the prior that the pool is drawn towards.
 */
export function createLogPool(kinds: NestedKinds): ClassifierKind {
  return {
    kind: 'log-pool',
    summary: 'Weighted geometric mean of several models, drawn towards the prior',
    takesOffsets: true,
    fit: (data, options) => createPooledClassifier(fitLogPool(resolveLogPool(options.params, kinds), data, options)),
    restore(document) {
      const { members, ...fields } = readModelDocument('log-pool', documentSchema, document);
      const names = new Set(members.map(({ name }) => name));
      if (names.size < members.length) throw corruptModel('log-pool', 'each of `members` must have a name of its own');
      for (const [field, values] of Object.entries({ weight: members.map(({ weight }) => weight), shares: fields.shares })) {
        const total = values.reduce((sum, value) => sum + value, 0);
        if (Math.abs(total - 1) > 1e-9) throw corruptModel('log-pool', `\`${field}\` must add up to 1, not ${total}`);
      }
      if (fields.fit.losses !== null && fields.fit.losses.members.length !== members.length) throw corruptModel('log-pool', '`fit.losses` must have one loss per member');
      return createPooledClassifier({ ...fields, members: members.map(({ name, weight, model }) => ({ name, weight, model: restoreInside('log-pool', model, fields.featureNames, kinds) })) });
    },
  };
}

const share = z.number().min(0).max(1);
const loss = z.number().min(0).max(1e6);

const documentSchema = z.object({
  kind: z.literal('log-pool'),
  version: z.literal(1),
  featureNames: featureNamesSchema,
  hasOffsets: z.boolean(),
  shares: z.array(share).length(3),
  trust: z.object({ touch: share, side: share }),
  members: z
    .array(z.object({ name: z.string().min(1).max(100), weight: share, model: z.looseObject({ kind: z.string() }) }))
    .min(1)
    .max(MOST_MEMBERS),
  fit: z.object({
    rows: z.number().int().min(1),
    losses: z.object({ windows: z.number().int().min(1), members: z.array(loss).max(MOST_MEMBERS), prior: loss, pool: loss, result: loss }).nullable(),
  }),
});
