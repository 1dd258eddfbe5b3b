// The schema of a reference in meta.json: every list as long as it must be, because it is read as hostile input.
import { z } from 'zod';
import type { DistributionReference } from './distribution-reference.js';

const MAX_NAMES = 10_000;
const MAX_SAMPLE = 2000;
const MAX_EDGES = 100;
const MAX_LENGTHS = 10;
const count = z.number().int().min(0).max(Number.MAX_SAFE_INTEGER);
const positive = z.number().positive();
const lines = z.array(z.number().min(0)).max(MAX_NAMES);
const three = z.tuple([z.number().min(0), z.number().min(0), z.number().min(0)]);

const windows = z.object({ rows: count.min(1), windows: count.min(1), psi95: lines, psi99: lines, ks95: lines, ks99: lines, beyond: three, excess: three });

export const distributionReferenceSchema: z.ZodType<DistributionReference> = z
  .object({
    rows: count.min(1),
    names: z.array(z.string().max(200)).max(MAX_NAMES),
    centre: z.array(z.number()).max(MAX_NAMES),
    spread: z.array(positive).max(MAX_NAMES),
    edges: z.array(z.array(z.number()).max(MAX_EDGES)).max(MAX_NAMES),
    counts: z.array(z.array(count).max(MAX_EDGES + 2)).max(MAX_NAMES),
    longestRun: z.array(count).max(MAX_NAMES),
    sample: z.object({
      bars: z.array(z.number()).min(1).max(MAX_SAMPLE),
      columns: z.array(z.array(z.number().nullable()).max(MAX_SAMPLE)).max(MAX_NAMES),
      distances: z.array(z.number().min(0)).max(MAX_SAMPLE).optional(),
    }),
    windows: z.array(windows).max(MAX_LENGTHS),
  })
  .refine(({ names, centre, spread, edges, counts, longestRun, sample }) => [centre, spread, edges, counts, longestRun, sample.columns].every((list) => list.length === names.length), 'every list must have an item per name')
  .refine(({ sample }) => sample.columns.every((column) => column.length === sample.bars.length), 'every column of the sample must have a value per row')
  .refine(({ edges, counts, rows }) => counts.every((bins, i) => bins.length === edges[i].length + 2 && bins.reduce((sum, own) => sum + own, 0) === rows), 'counts must have a bin more than edges, one for missing values, and add up to rows')
  .refine(({ edges }) => edges.every((own) => own.every((edge, i) => i === 0 || edge > own[i - 1])), 'edges must ascend')
  .refine(({ windows: own, names }) => own.every((w, i) => [w.psi95, w.psi99, w.ks95, w.ks99].every((list) => list.length === names.length) && (i === 0 || w.rows > own[i - 1].rows)), 'windows must ascend and have a line per name');
