import { existsSync } from 'node:fs';
import { packageBuild } from '../../scripts/package-build.js';

export default packageBuild({ library: { index: 'src/index.ts' }, commands: existsSync('src/cli.ts') ? { cli: 'src/cli.ts' } : {} });
