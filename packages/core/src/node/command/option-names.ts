// One option, three spellings: `classWeights` in the configuration file, `--class-weights`, `FORECASTLAB_CLASS_WEIGHTS`.

const words = (name: string): string => name.replace(/([a-z0-9])([A-Z])/g, '$1-$2');

/** `classWeights` → `--class-weights`; a single letter keeps its case (`T` → `--T`). */
export function flagName(name: string): string {
  return `--${name.length === 1 ? name : words(name).toLowerCase()}`;
}

/** `classWeights` → `FORECASTLAB_CLASS_WEIGHTS`. */
export function variableName(name: string): string {
  return `FORECASTLAB_${words(name).replaceAll('-', '_').toUpperCase()}`;
}
