// Whether a parsed line of outcomes.jsonl is one, told quickly: a file of ten years has hundreds of thousands. What is wrong with one that is none,
// the schema says.
import { LABEL_OPTION_VALUES } from '../labels/label-options.js';

const DATE = /^\d{4}-\d{2}-\d{2}$/;
const SHA256 = /^[0-9a-f]{64}$/;

/** False also for some that the schema lets pass; never true for one that it does not, but for fields that it does not know. */
export function isOutcomeLine(value: unknown, schema: string): boolean {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const line = value as Readonly<Record<string, unknown>>;
  return (
    line.schema === schema &&
    isText(line.symbol) &&
    isText(line.interval) &&
    isDate(line.asof_date) &&
    isText(line.candidate) &&
    isCount(line.T) &&
    isNumber(line.X) && line.X > 0 &&
    isNumber(line.close) &&
    areLabelOptions(line.label_options) &&
    isTrueOrAbsent(line.options_assumed) &&
    typeof line.deploy_name === 'string' &&
    isSha256(line.bundle_sha256) &&
    typeof line.prediction_file === 'string' &&
    isSha256(line.prediction_sha256) &&
    isCount(line.answers) &&
    typeof line.synthetic === 'boolean' &&
    isLabel(line.label) &&
    (line.touched_on === null || isDate(line.touched_on)) &&
    isDate(line.matured_on) &&
    isLabel(line.pred_label) &&
    areProbabilities(line.pred_proba) &&
    (line.base_proba === null || areProbabilities(line.base_proba)) &&
    typeof line.backfilled === 'boolean' &&
    isTrueOrAbsent(line.replaced) &&
    typeof line.fair === 'boolean' &&
    (line.note === null || typeof line.note === 'string') &&
    (line.corrects === undefined || typeof line.corrects === 'string')
  );
}

function areLabelOptions(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const { window, tieBreak, touch } = value as Readonly<Record<string, unknown>>;
  return isOneOf(LABEL_OPTION_VALUES.window, window) && isOneOf(LABEL_OPTION_VALUES.tieBreak, tieBreak) && isOneOf(LABEL_OPTION_VALUES.touch, touch);
}

function areProbabilities(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const p = value as Readonly<Record<string, unknown>>;
  const [down, neutral, up] = [p['-1'], p['0'], p['1']];
  return isShare(down) && isShare(neutral) && isShare(up) && Math.abs(down + neutral + up - 1) < 1e-9;
}

const isText = (value: unknown): boolean => typeof value === 'string' && value !== '';
const isDate = (value: unknown): boolean => typeof value === 'string' && DATE.test(value);
const isSha256 = (value: unknown): boolean => typeof value === 'string' && SHA256.test(value);
const isNumber = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value);
const isCount = (value: unknown): boolean => Number.isSafeInteger(value) && (value as number) > 0;
const isShare = (value: unknown): value is number => isNumber(value) && value >= 0 && value <= 1;
const isLabel = (value: unknown): boolean => value === -1 || value === 0 || value === 1;
const isTrueOrAbsent = (value: unknown): boolean => value === undefined || value === true;
const isOneOf = (values: readonly string[], value: unknown): boolean => typeof value === 'string' && values.includes(value);
