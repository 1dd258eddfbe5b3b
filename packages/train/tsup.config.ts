import { packageBuild } from '../../scripts/package-build.js';

export default packageBuild({ library: { index: 'src/index.ts' }, commands: { cli: 'src/cli.ts', 'search-worker': 'src/search/search-worker.ts', 'evidence-worker': 'src/evidence/evidence-worker.ts' } });
