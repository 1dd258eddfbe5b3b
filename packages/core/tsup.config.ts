import { packageBuild } from '../../scripts/package-build.js';

export default packageBuild({ library: { index: 'src/index.ts', node: 'src/node/index.ts', 'node-files': 'src/node/files/index.ts', 'forest-worker': 'src/node/forest/forest-worker.ts' } });
