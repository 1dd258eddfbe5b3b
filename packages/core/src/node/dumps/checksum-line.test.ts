import { describe, expect, it } from 'vitest';
import { parseChecksumLine } from './checksum-line.js';

const NAME = 'BTCUSDT-1d-2024-01.zip';
const SHA = '474c1ce6fbb09e42cfc7231fee249aecc58af2fb5918570ffeba37998926b4a4';
const parse = (text: string): string => parseChecksumLine(Buffer.from(text), NAME);

describe('parseChecksumLine', () => {
  it.each([`${SHA}  ${NAME}\n`, `${SHA}  ${NAME}`, `${SHA} *${NAME}\r\n`, `${SHA.toUpperCase()}  ${NAME}\n`])('reads %j', (line) => {
    expect(parse(line)).toBe(SHA);
  });

  it.each([
    ['', 'is empty'],
    [`${SHA}  BTCUSDT-1d-2024-02.zip\n`, 'speaks of another file, "BTCUSDT-1d-2024-02.zip"'],
    [`${SHA}  ../${NAME}\n`, 'speaks of another file'],
    [`${SHA}  ${NAME} \n`, 'speaks of another file'],
    [`${SHA}  ${NAME}\n${SHA}  ${NAME}\n`, 'is not a line of sha256sum'],
    [`${SHA}  ${NAME}\n\n`, 'is not a line of sha256sum'],
    [`${SHA.slice(1)}  ${NAME}\n`, 'is not a line of sha256sum'],
    [`${SHA}0  ${NAME}\n`, 'is not a line of sha256sum'],
    [`${SHA} ${NAME}\n`, 'is not a line of sha256sum'],
    [SHA, 'is not a line of sha256sum'],
    [`\uFEFF\uFEFF${SHA}  ${NAME}`, 'is not a line of sha256sum'],
    ['<html><body>503</body></html>', 'is not a line of sha256sum'],
    [' '.repeat(1025), 'has 1025 bytes'],
  ])('refuses %j', (text, reason) => {
    expect(() => parse(text)).toThrow(expect.objectContaining({ code: 'BAD_FILE', message: expect.stringContaining(`${NAME}.CHECKSUM ${reason}`) as string }) as Error);
  });
});
