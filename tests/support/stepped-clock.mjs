// Preloaded with NODE_OPTIONS=--import: the clock of a process and of those it starts stands off by the milliseconds in the file
// that TEST_CLOCK_FILE names, so that a test can let it leap.
import { readFileSync } from 'node:fs';

const RealDate = Date;
const file = process.env.TEST_CLOCK_FILE;
const now = () => RealDate.now() + Number(readFileSync(file, 'utf8'));

globalThis.Date = class extends RealDate {
  constructor(...args) {
    if (args.length === 0) super(now());
    else super(...args);
  }
  static now() {
    return now();
  }
};
