// The document of the features says what the registry says.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { FEATURE_SETS, warmUpBars } from '@forecastlab/core';
import { describe, expect, it } from 'vitest';
import { repository } from './support/commands.js';

const text = readFileSync(join(repository, 'docs/features.md'), 'utf8');

/** The table under a heading, without its head. */
function rowsUnder(heading: string): readonly string[] {
  const section = text.split(`\n## ${heading}\n`)[1].split('\n## ')[0];
  return section.split('\n').filter((line) => line.startsWith('| `'));
}

describe('docs/features.md', () => {
  it.each(['market', 'baseline'] as const)('lists the set %s', (set) => {
    const expected = FEATURE_SETS[set].map(({ name, formula, unit, lookbackBars, isRecursive, needs = '' }) =>
      `| \`${name}\` | ${formula.replaceAll('|', '\\|')} | ${unit} | ${lookbackBars}${isRecursive ? ', recursive' : ''} | ${needs} |`);
    expect(rowsUnder(`The set ${set}`)).toEqual(expected);
  });

  it.each(Object.entries(FEATURE_SETS))('counts the features of %s', (set, definitions) => {
    expect(text).toContain(`| \`${set}\` | ${definitions.length} |`);
  });

  it('and the README of the commands counts the recommended set', () => {
    expect(readFileSync(join(repository, 'packages/train/README.md'), 'utf8')).toContain(`${FEATURE_SETS.market.length} features without a price level`);
  });

  it('says where training begins', () => {
    expect(text).toContain(`with the ${warmUpBars('market') + 1}th bar for \`market\``);
  });
});
