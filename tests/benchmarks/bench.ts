// Fits and predictions of ForecastLab beside LightGBM, XGBoost, scikit-learn and ml-random-forest, interleaved in one run.
// Run: pnpm bench [--help]. Progress goes to standard error, the report to standard output. See docs/benchmarks.md.
import { writeFileSync } from 'node:fs';
import { type BenchOptions, HELP, parseBenchOptions } from './bench-options.js';
import { endContenders } from './contender-process.js';
import { formatReport, type Report } from './format-report.js';
import { currentLoad, describeMachine } from './machine.js';
import { createProblemFolders } from './problems/problem-folders.js';
import { type BenchmarkResult, runBenchmark } from './run-benchmark.js';
import { formatScaling, runScaling } from './scaling.js';
import { runSearchBenchmark } from './search-benchmark.js';

const onProgress = (message: string): void => {
  process.stderr.write(`${message}\n`);
};

async function main(args: readonly string[]): Promise<void> {
  const options = parseBenchOptions(args);
  if (options.isHelp) {
    process.stdout.write(HELP);
    return;
  }
  if (options.isSearch) {
    await runSearchBenchmark();
    return;
  }
  const problems = createProblemFolders();
  const cleanUp = (): void => {
    endContenders();
    problems.remove();
  };
  for (const [signal, code] of [['SIGINT', 130], ['SIGTERM', 143]] as const) {
    process.once(signal, () => {
      cleanUp();
      process.exit(code);
    });
  }
  try {
    const head = { format: 1 as const, startedAt: new Date().toISOString(), command: ['pnpm bench', ...args].join(' '), machine: describeMachine() };
    const before = currentLoad();
    if (options.isScaling) {
      const scaling = await runScaling(options, { problems, onProgress });
      process.stdout.write(formatScaling(scaling));
      writeFiles(options, { ...head, load: [before, currentLoad()], ...scaling }, formatScaling(scaling));
    } else {
      const reportOf = (result: BenchmarkResult): Report => ({ ...head, load: [before, currentLoad()], ...result });
      const keep = (result: BenchmarkResult): void => writeFiles(options, reportOf(result), formatReport(reportOf(result)));
      process.stdout.write(formatReport(reportOf(await runBenchmark(options, { problems, onProgress, onResult: keep }))));
    }
  } finally {
    cleanUp();
  }
}

function writeFiles({ jsonFile, markdownFile }: BenchOptions, report: object, markdown: string): void {
  if (jsonFile !== undefined) writeFileSync(jsonFile, `${JSON.stringify(report, null, 2)}\n`);
  if (markdownFile !== undefined) writeFileSync(markdownFile, markdown);
}

main(process.argv.slice(2)).catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
