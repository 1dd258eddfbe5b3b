// LightGBM's text format, cut into fields: a header, then one block of `name=value` lines per tree.
// Source: GBDT::SaveModelToString and Tree::ToString of LightGBM (src/boosting/gbdt_model_text.cpp, src/io/tree.cpp).
import { MAX_MODEL_CHARACTERS, MAX_MODEL_TREES } from '../model-limits.js';
import { damagedModelFile } from '../refuse-model-file.js';

/** Values by name; `average_output`, which has none, is there with an empty text. */
export type LightgbmFields = ReadonlyMap<string, string>;

export interface LightgbmText {
  readonly header: LightgbmFields;
  readonly trees: readonly LightgbmFields[];
}

const HEADER_FIELDS = new Set(['version', 'num_class', 'num_tree_per_iteration', 'max_feature_idx', 'objective', 'average_output', 'feature_names', 'tree_sizes']);
const TREE_FIELDS = new Set(['num_leaves', 'num_cat', 'split_feature', 'split_gain', 'threshold', 'decision_type', 'left_child', 'right_child', 'leaf_value', 'leaf_count', 'is_linear']);

/** The fields that prediction and importance need. Throws CORRUPT when the text is not LightGBM's or ends before all trees. */
export function splitLightgbmText(text: string): LightgbmText {
  if (text.length > MAX_MODEL_CHARACTERS) throw damagedModelFile('LightGBM', `it has ${text.length} characters, at most ${MAX_MODEL_CHARACTERS} are expected`);
  const header = new Map<string, string>();
  const trees: Map<string, string>[] = [];
  let fields = header;
  let place = 'the header';
  let isFirst = true;
  for (const line of linesOf(text)) {
    if (isFirst && line !== 'tree') throw damagedModelFile('LightGBM', 'its first line must be `tree`');
    isFirst = false;
    if (line === 'end of trees') return { header, trees };
    const equals = line.indexOf('=');
    const name = equals < 0 ? line : line.slice(0, equals);
    if (name === 'Tree') {
      if (line !== `Tree=${trees.length}`) throw damagedModelFile('LightGBM', `after ${place} there must stand Tree=${trees.length}, not ${line.slice(0, 40)}`);
      if (trees.length === MAX_MODEL_TREES) throw damagedModelFile('LightGBM', `it must have at most ${MAX_MODEL_TREES} trees`);
      place = `tree ${trees.length}`;
      fields = new Map();
      trees.push(fields);
    } else if ((fields === header ? HEADER_FIELDS : TREE_FIELDS).has(name)) {
      if (fields.has(name)) throw damagedModelFile('LightGBM', `${place} has \`${name}\` twice`);
      fields.set(name, equals < 0 ? '' : line.slice(equals + 1));
    }
  }
  throw damagedModelFile('LightGBM', `it ends in ${place}, before \`end of trees\` (cut short?)`);
}

function* linesOf(text: string): Generator<string> {
  for (let at = 0; at < text.length; ) {
    const newline = text.indexOf('\n', at);
    const end = newline < 0 ? text.length : newline;
    yield text.slice(at, text[end - 1] === '\r' ? end - 1 : end);
    at = end + 1;
  }
}
