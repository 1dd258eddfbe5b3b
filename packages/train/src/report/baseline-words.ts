// What each baseline is, in words for tables and for the explanation.

const WORDS: Readonly<Record<string, { readonly name: string; readonly short: string; readonly rule: string }>> = {
  prior: { name: 'class shares', short: 'prior', rule: 'how often each answer occurred in the training window' },
  recent: { name: 'recent class shares', short: 'recent', rule: 'how often each answer occurred in the last 365 training rows' },
  'last-label': { name: 'last known label', short: 'last-label', rule: 'the newest answer that was known by then, repeated' },
  'look-back': { name: 'look back', short: 'look-back', rule: 'what the closes of the last T bars did already' },
  random: { name: 'random draw', short: 'random', rule: 'answers drawn by the class shares' },
  'equal-chances': { name: 'equal chances', short: 'equal', rule: 'a third for every answer' },
  'shuffled-labels': { name: 'shuffled labels', short: 'shuffled', rule: 'the model itself, trained on labels in random order, in some folds only' },
  volatility: { name: 'volatility alone', short: 'volatility', rule: 'a model that knows how volatile the market is, and nothing else' },
  'volatility-recipe': { name: 'volatility by the recipe', short: 'volatility recipe', rule: 'the recipe of the presets on two volatilities alone' },
};

/** A baseline's name in words, `prior` → `class shares`; an unknown name as it is. */
export function baselineName(name: string): string {
  return Object.hasOwn(WORDS, name) ? WORDS[name].name : name;
}

/** The short name for narrow tables, at most ten characters for the known ones. */
export function baselineShortName(name: string): string {
  return Object.hasOwn(WORDS, name) ? WORDS[name].short : name;
}

/** What the baseline says, in a few words; empty for an unknown name. */
export function baselineRule(name: string): string {
  return Object.hasOwn(WORDS, name) ? WORDS[name].rule : '';
}
