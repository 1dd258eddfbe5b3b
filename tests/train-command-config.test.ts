// One configuration file serves the three programs: each must know the keys of the others.
import { CONFIG_KEYS, flagName, variableName } from '@forecastlab/core/node';
import { describe, expect, it } from 'vitest';
import { predictProgram } from '../packages/predict/src/program.js';
import { trainProgram } from '../packages/train/src/program.js';
import { vizProgram } from '../packages/viz/src/program.js';

const programs = [trainProgram, predictProgram, vizProgram];

describe.each(programs)('$name', ({ commands }) => {
  it('has options only that CONFIG_KEYS lists', () => {
    const names = commands.flatMap((command) => Object.keys(command.options));
    expect(names.filter((name) => !CONFIG_KEYS.includes(name))).toEqual([]);
  });

  it('gives every option one spelling as a flag and one as a variable', () => {
    for (const { options } of commands) {
      const names = Object.keys(options);
      expect(new Set(names.map(flagName)).size).toBe(names.length);
      expect(new Set(names.map(variableName)).size).toBe(names.length);
    }
  });
});
