// The import directions of the house. Checked by `npm test`; tests/house.test.ts shows that each rule bites.

const notATest = '\\.(test|bench)\\.tsx?$|/test-support/|/testing/';

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'packages-import-core-only',
      comment: 'viz, train and predict import core and never each other.',
      severity: 'error',
      from: { path: '^packages/(train|predict|viz)/' },
      to: { path: '^packages/(train|predict|viz)/', pathNot: '^packages/$1/' },
    },
    {
      name: 'core-stands-alone',
      comment: 'core imports none of the other packages.',
      severity: 'error',
      from: { path: '^packages/core/' },
      to: { path: '^packages/(train|predict|viz)/' },
    },
    {
      name: 'packages-use-the-front-door',
      comment: 'Other packages import @forecastlab/core, @forecastlab/core/node or @forecastlab/core/node/files, never a file inside.',
      severity: 'error',
      from: { path: '^packages/(train|predict|viz)/' },
      to: { path: '^packages/core/src/', pathNot: ['^packages/core/src/(node/)?index\\.ts$', '^packages/core/src/node/files/index\\.ts$'] },
    },
    {
      name: 'pure-core-has-no-node',
      comment: 'In core nothing outside src/node imports a Node built-in.',
      severity: 'error',
      from: { path: '^packages/core/src/', pathNot: ['^packages/core/src/node/', notATest] },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'pure-core-does-not-import-node-folder',
      comment: 'In core nothing outside src/node imports src/node.',
      severity: 'error',
      from: { path: '^packages/core/src/', pathNot: ['^packages/core/src/node/', notATest] },
      to: { path: '^packages/core/src/node/' },
    },
    {
      name: 'no-cycles',
      comment: 'Files that import each other cannot be read one at a time.',
      severity: 'error',
      from: { path: '^packages/' },
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'no-orphans',
      comment: 'A file that nothing imports is dead, or was forgotten in an index.ts.',
      severity: 'error',
      from: { orphan: true, path: '^packages/', pathNot: ['^packages/core/assembly/[^/]+\\.ts$', '\\.d\\.ts$', '\\.config\\.ts$', '/index\\.ts$', '/cli\\.ts$'] },
      to: {},
    },
    {
      name: 'not-resolvable',
      comment: 'An import that leads nowhere.',
      severity: 'error',
      from: { path: '^packages/' },
      to: { couldNotResolve: true },
    },
    {
      name: 'product-does-not-import-tests',
      comment: 'What is shipped imports no test and nothing from tests/.',
      severity: 'error',
      from: { path: '^packages/', pathNot: notATest },
      to: { path: ['^tests/', '\\.test\\.tsx?$'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)dist/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.js', '.json'],
    },
  },
};
