export * from './bundle-meta.js';
export * from './create-bundle.js';
export * from './deploy-name.js';
export { META_FILE, modelFileName, walkForwardFileName } from './file-names.js';
export * from './load-bundle.js';
export { parseBundleMeta } from './meta-schema.js';
export * from './predict-with-bundle.js';
export { formatWalkForwardCsv, parseWalkForwardCsv } from './walk-forward-csv.js';
export * from './candidate-verdict.js';
