// Where the records of a job lie.

/** `outputs/runs/<job>/`, relative to the store. */
export function jobFolder(job: string): string {
  return `outputs/runs/${job}/`;
}
