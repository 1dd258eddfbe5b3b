import { packageBuild } from '../../scripts/package-build.js';

export default packageBuild({
  library: { index: 'src/index.ts' },
  // Besides the command: the processes that the scheduler starts.
  commands: {
    cli: 'src/cli.ts',
    'schedule-plan': 'src/schedule/plan-cli/cli.ts',
    'schedule-run': 'src/schedule/runner/cli.ts',
    'schedule-alert': 'src/schedule/alert/cli.ts',
  },
});
