// A unit as it is printed: its text alone on standard output, so that it can be sent to a file; what to do with it on standard error.
import type { Unit } from './unit.js';
import type { WrittenPlace } from './write-unit.js';

/** The text of the unit; of two files each after its path. */
export function formatUnit({ files, crontab }: Unit): string {
  if (crontab !== null) return crontab;
  if (files.length === 1) return files[0].content;
  return files.map(({ path, content }) => `# ${path}\n${content}`).join('\n');
}

/** What to type next, line by line. `written`: undefined when it was printed only. */
export function unitAdvice({ files, crontab, folders, enable, remove, notes }: Unit, options: { readonly notes: readonly string[]; readonly written: readonly WrittenPlace[] | undefined }): string[] {
  const isPrinted = options.written === undefined;
  const where = crontab === null ? files.map(({ path }) => path).join(' and ') : 'your crontab';
  return [
    ...(isPrinted ? [`It belongs into ${where}; --write puts it there.`] : []),
    ...(isPrinted ? folders.map((folder) => `This folder must be there: ${folder}`) : []),
    ...(enable.length === 0 ? [] : ['Switch it on:', ...enable.map((line) => `  ${line}`)]),
    'Take it away:',
    ...remove.map((line) => `  ${line}`),
    ...notes,
    ...options.notes.map((note) => `warning: ${note}`),
  ];
}
