// Paths that can be written into a unit file.
import { ForecastLabError } from '@forecastlab/core';

/** @throws BAD_OPTION for a text with line ends or other control characters, which no unit file can hold safely */
export function checkUnitText(text: string, what: string): void {
  // oxlint-disable-next-line no-control-regex
  if (!/[\u0000-\u001f\u007f]/.test(text)) return;
  throw new ForecastLabError('BAD_OPTION', `${what} must hold no line end and no control character. Got ${JSON.stringify(text)}.`, { hint: 'Rename the folder, or choose another root.' });
}
