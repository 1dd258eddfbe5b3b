// Skill in a word with a sign of its own, so that colour is not needed to tell them apart.
import type { SkillWord } from '../candidate-row.js';
import { html, type Html } from './html.js';

/** `yes`, `none shown` or `flawed`, with a sign of its own each. */
export function skillMark(word: SkillWord): Html {
  const sign = { yes: '✓', 'none shown': '–', flawed: '✕' }[word];
  return html`<span class="mark mark-${word.split(' ')[0]}"><span aria-hidden="true">${sign}</span> ${word}</span>`;
}
