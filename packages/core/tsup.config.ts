import { packageBuild } from '../../scripts/package-build.js';

export default packageBuild({ library: { index: 'src/index.ts', node: 'src/node/index.ts' } });
